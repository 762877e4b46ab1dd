import { toHtml } from "hast-util-to-html";
import { type ArticleOptions, completeArticle } from "./article.ts";
import { feedTree } from "./feed.ts";
import { headingsOf } from "./headings.ts";
import { parseMarkdown } from "./parse.ts";
import type { RenderedArticle } from "./rendered.ts";

/**
 * Renders an article as HTML. `limits.ts` bounds the time. Never throws.
 * @param page URL of the article, to resolve relative links
 */
export async function renderArticle(source: string, page: string, options: ArticleOptions): Promise<RenderedArticle> {
  const tree = parseMarkdown(source, "article");
  const feedHtml = toHtml(feedTree(tree, options.pictures, page));
  const complete = await completeArticle(tree, options);
  return { html: toHtml(complete), feedHtml, headings: headingsOf(complete) };
}
