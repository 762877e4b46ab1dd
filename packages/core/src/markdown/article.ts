import type { Element, Root } from "hast";
import { makeAccessible } from "./accessible.ts";
import { highlight } from "./highlight.ts";
import { type PictureData, sourcesOf } from "./sources.ts";
import { element, replaceElements, text } from "./walk.ts";
import { markdown } from "./words.ts";

export interface ArticleOptions {
  /** Those that the text may refer to by `media:` and their id; others are said to be missing. */
  readonly pictures: readonly PictureData[];
  /** Whether its first picture is among the first that a reader sees. */
  readonly eager: boolean;
}

/** Adds to a parsed article what its page has more than its text: colours of code, pictures, and names for listeners. */
export async function completeArticle(tree: Root, { pictures, eager }: ArticleOptions): Promise<Root> {
  await highlight(tree);
  return replaceElements(makeAccessible(tree), (each) => {
    const { src, alt, loading } = each.properties;
    if (each.tagName !== "img" || !String(src).startsWith("media:")) return undefined;
    const picture = pictures.find(({ id }) => src === `media:${id}`);
    if (picture) return pictureElement(picture, String(alt ?? ""), eager && loading === "eager");
    return element("span", { className: ["missing-picture"] }, [text(String(alt || markdown.missingPicture))]);
  });
}

/** At most as wide as the column of the text. */
const sizes = "(min-width: 46rem) 42rem, 100vw";

/** The elements of `Picture` in `packages/web/lib/ui/picture.tsx`, which has their styles. */
function pictureElement(picture: PictureData, alt: string, eager: boolean): Element {
  const { width, height, placeholder } = picture;
  const { avif, webp, src } = sourcesOf(picture);
  const load = { loading: eager ? "eager" : "lazy", fetchPriority: eager ? "high" : "auto", decoding: "async" };
  return element("span", { className: ["picture"] }, [
    element("img", { src: placeholder, alt: "", width, height, ariaHidden: "true" }),
    element("picture", {}, [
      element("source", { type: "image/avif", srcSet: avif, sizes }),
      element("img", { src, srcSet: webp, sizes, alt, width, height, ...load }),
    ]),
  ]);
}
