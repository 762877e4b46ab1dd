import { toHtml } from "hast-util-to-html";
import { type ArticleOptions, completeArticle } from "./article.ts";
import { feedTree } from "./feed.ts";
import { headingsOf } from "./headings.ts";
import { parseMarkdown } from "./parse.ts";
import type { RenderedArticle } from "./rendered.ts";

/**
 * Renders an article as HTML, in a time that `limits.ts` bounds. Never throws.
 * @param page the URL where the article is read, which its own links are relative to
 */
export async function renderArticle(source: string, page: string, options: ArticleOptions): Promise<RenderedArticle> {
  const tree = parseMarkdown(source, "article");
  const feedHtml = toHtml(feedTree(tree, options.pictures, page));
  const complete = await completeArticle(tree, options);
  return { html: toHtml(complete), feedHtml, headings: headingsOf(complete) };
}
