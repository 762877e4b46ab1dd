import type { Element, Root } from "hast";
import { type PictureData, sourcesOf } from "../media/media.sources.ts";
import { makeAccessible } from "./accessible.ts";
import { element, replaceElements, text } from "./hast.ts";
import { highlight } from "./highlight.ts";
import { pictureOf } from "./picture-sources.ts";

export interface ArticleOptions {
  /** Pictures that the text may refer to by `media:` and their id. Any other is rendered as missing. */
  readonly pictures: readonly PictureData[];
  /** Whether the first picture is loaded eagerly, because the reader sees it first. */
  readonly eager: boolean;
}

/** Adds code colors, pictures and accessible names to a parsed article. */
export async function completeArticle(tree: Root, { pictures, eager }: ArticleOptions): Promise<Root> {
  await highlight(tree);
  return replaceElements(makeAccessible(tree), (each) => {
    const { src, alt, loading } = each.properties;
    if (each.tagName !== "img" || !String(src).startsWith("media:")) return undefined;
    const picture = pictureOf(pictures, src);
    if (picture) return pictureElement(picture, String(alt ?? ""), eager && loading === "eager");
    return element("span", { className: ["missing-picture"] }, [text(String(alt || "This picture is not there yet"))]);
  });
}

/** At most as wide as the text column. */
const sizes = "(min-width: 46rem) 42rem, 100vw";

/** Builds the elements of `Picture` in `packages/web/lib/ui/picture.tsx`, which defines their styles. */
function pictureElement(picture: PictureData, alt: string, eager: boolean): Element {
  const { width, height, placeholder, transparent } = picture;
  const { avif, webp, src } = sourcesOf(picture);
  const load = { loading: eager ? "eager" : "lazy", fetchPriority: eager ? "high" : "auto", decoding: "async" };
  // A placeholder would show through.
  const behind = transparent ? [] : [element("img", { src: placeholder, alt: "", width, height, ariaHidden: "true" })];
  const className = ["picture", "picture-natural", ...(transparent ? ["picture-transparent"] : [])];
  return element("span", { className }, [
    ...behind,
    element("picture", {}, [
      element("source", { type: "image/avif", srcSet: avif, sizes }),
      element("img", { src, srcSet: webp, sizes, alt, width, height, ...load }),
    ]),
  ]);
}
