import type { Element, ElementContent, Root } from "hast";
import type { Profile } from "./schema.ts";
import { elementsOf } from "./walk.ts";

/** What a search engine should know of a link: somebody has written it here, and nobody has vouched for it. */
const relations: Readonly<Record<Profile, readonly string[]>> = {
  article: ["ugc", "noopener"],
  comment: ["ugc", "nofollow", "noopener"],
};

/** Says of links that lead elsewhere that a reader has been led there by an author, and not by the site. */
export function markLinks(tree: Root, profile: Profile): void {
  for (const { tagName, properties } of elementsOf(tree)) {
    if (tagName !== "a" || typeof properties.href !== "string") continue;
    if (/^([a-z][a-z\d+.-]*:|[\\/]{2})/i.test(properties.href)) properties.rel = [...relations[profile]];
  }
}

/**
 * Leaves the outer of links within each other, such as that of a picture which became one. HTML has no links in links: a browser takes
 * them apart, and the page is not what the server has made any more.
 */
export function unnestLinks(tree: Root | Element): void {
  for (const child of tree.children) {
    if (child.type !== "element") continue;
    if (child.tagName === "a") child.children = withoutLinks(child.children);
    else unnestLinks(child);
  }
}

const withoutLinks = (children: readonly ElementContent[]): ElementContent[] =>
  children.flatMap((child) => {
    if (child.type !== "element") return [child];
    const inner = withoutLinks(child.children);
    return child.tagName === "a" ? inner : [{ ...child, children: inner }];
  });
