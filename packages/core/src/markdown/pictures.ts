import type { Element, ElementContent, Root } from "hast";
import { element, replaceElements, text } from "./hast.ts";
import type { Profile } from "./schema.ts";

const isPicture = (node: ElementContent | undefined): node is Element =>
  node?.type === "element" && node.tagName === "img";
const isOwn = ({ properties }: Element) => typeof properties.src === "string" && properties.src.startsWith("media:");
const isBlank = (node: ElementContent) => node.type === "text" && node.value.trim() === "";

/**
 * Turns a picture in its own paragraph into a figure, and loads all but the first picture lazily. Replaces an external
 * picture by a link, because it would reveal readers to its host. In a comment, every picture becomes a link.
 */
export function arrangePictures(tree: Root, profile: Profile): Root {
  let loading = "eager";
  return replaceElements(tree, (each) => {
    if (each.tagName === "p") return asFigure(each, profile);
    if (!isPicture(each)) return undefined;
    if (profile === "comment" || !isOwn(each)) return asLink(each);
    each.properties.loading = loading;
    loading = "lazy";
    return undefined;
  });
}

function asFigure({ children }: Element, profile: Profile): Element | undefined {
  const [picture, ...others] = children.filter((child) => !isBlank(child));
  if (profile === "comment" || !isPicture(picture) || !isOwn(picture) || others.length > 0) return undefined;
  const { title } = picture.properties;
  return element("figure", {}, [picture, ...(title ? [element("figcaption", {}, [text(String(title))])] : [])]);
}

function asLink({ properties }: Element): Element {
  const href = String(properties.src ?? "");
  return element("a", { href }, [text(String(properties.alt || href))]);
}
