import { toHtml } from "hast-util-to-html";
import { parseMarkdown } from "./parse.ts";
import { element, replaceElements, text } from "./walk.ts";

/** A picture as the API describes it. */
interface FeedPicture {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** From narrow to wide. */
  readonly variants: readonly { readonly url: string; readonly type: string; readonly width: number }[];
}

/** How wide a picture in a feed is at most, in pixels: a feed reader chooses none. */
const feedWidth = 960;

/**
 * Renders an article as HTML for a feed: without classes and colours, and with whole addresses.
 * @param page where the article is read, which its own links are relative to
 */
export function feedHtml(source: string, pictures: readonly FeedPicture[], page: string): string {
  const tree = parseMarkdown(source, "article");
  replaceElements(tree, (each) => {
    const { src, alt, href } = each.properties;
    if (each.properties.ariaHidden === "true") return text("");
    if (each.tagName === "img") {
      const picture = pictures.find(({ id }) => src === `media:${id}`);
      const variants = picture?.variants.filter(({ type }) => type === "image/webp") ?? [];
      const variant = variants.findLast(({ width }) => width <= feedWidth) ?? variants[0];
      if (!picture || !variant) return text(String(alt ?? ""));
      const height = Math.round((picture.height * variant.width) / picture.width);
      return element("img", { src: variant.url, alt: alt ?? "", width: variant.width, height });
    }
    each.properties = { ...each.properties, className: undefined, loading: undefined };
    if (typeof href === "string" && URL.canParse(href, page)) each.properties.href = new URL(href, page).href;
    return undefined;
  });
  return toHtml(tree);
}
