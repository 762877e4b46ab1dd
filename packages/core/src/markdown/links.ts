import type { Element, ElementContent, Root } from "hast";
import { elementsOf } from "./hast.ts";
import type { Profile } from "./schema.ts";

/** `rel` values of external links. They mark user-generated content that the site does not endorse. */
const relations: Readonly<Record<Profile, readonly string[]>> = {
  article: ["ugc", "noopener"],
  comment: ["ugc", "nofollow", "noopener"],
};

/** Adds `rel` to links that leave the site, to mark them as user-generated. */
export function markLinks(tree: Root, profile: Profile): void {
  for (const { tagName, properties } of elementsOf(tree)) {
    if (tagName !== "a" || typeof properties.href !== "string") continue;
    if (/^([a-z][a-z\d+.-]*:|[\\/]{2})/i.test(properties.href)) properties.rel = [...relations[profile]];
  }
}

/**
 * Removes links within links and keeps their content, such as a picture that became a link. HTML does not allow nested
 * links: a browser would restructure them, and the page would differ from the server's HTML.
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
