import type { Root } from "hast";
import { toHtml } from "hast-util-to-html";
import type { PictureData } from "../media/media.sources.ts";
import { type ArticleOptions, completeArticle } from "./article.ts";
import { element, replaceElements, text } from "./hast.ts";
import { headingsOf } from "./headings.ts";
import { parseMarkdown } from "./parse.ts";
import { pictureOf } from "./picture-sources.ts";
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

/** Maximum width of a picture in a feed, in pixels. Feed readers do not choose among sizes. */
const feedWidth = 960;

/**
 * Converts a parsed article for a feed: without classes, and with absolute URLs. Does not change the given tree.
 * @param page URL of the article, to resolve relative links
 */
function feedTree(tree: Root, pictures: readonly PictureData[], page: string): Root {
  return replaceElements(tree, (each) => {
    const { src, alt, href } = each.properties;
    if (each.properties.ariaHidden === "true") return text("");
    if (each.tagName === "img") {
      const picture = pictureOf(pictures, src);
      const variants = picture?.variants.filter(({ type }) => type === "image/webp") ?? [];
      const variant = variants.findLast(({ width }) => width <= feedWidth) ?? variants[0];
      if (!picture || !variant) return text(String(alt ?? ""));
      const height = Math.round((picture.height * variant.width) / picture.width);
      return element("img", { src: variant.url, alt: alt ?? "", width: variant.width, height });
    }
    const absolute = typeof href === "string" && URL.canParse(href, page) && { href: new URL(href, page).href };
    return { ...each, properties: { ...each.properties, className: undefined, loading: undefined, ...absolute } };
  });
}
