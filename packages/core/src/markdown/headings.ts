import GithubSlugger, { slug } from "github-slugger";
import type { Element, Root } from "hast";
import { element, elementsOf, text, textOf } from "./hast.ts";

/** An entry of a table of contents. */
export interface Heading {
  readonly id: string;
  readonly text: string;
  readonly level: number;
}

const levelOf = ({ tagName }: Element) => (/^h[1-6]$/.test(tagName) ? Number(tagName[1]) : undefined);

/**
 * Adds unique ids and anchors to headings. The page title is the `h1`, so headings begin with `h2`, and none skips a
 * level, as screen readers expect. Example: `# A`, `#### B` and `## C` become `h2`, `h3` and `h3`.
 */
export function addHeadingIds(tree: Root): void {
  const slugs = new GithubSlugger();
  const headings = elementsOf(tree).flatMap((each) => {
    const level = levelOf(each);
    return level === undefined || each.properties.id === "footnote-label" ? [] : [{ each, level }];
  });
  /** Levels of the headings around the current one, and its own. */
  const open: number[] = [];
  for (const { each, level } of headings) {
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    // A heading without letters and digits gets the id of its place.
    const id = `section-${slugs.slug(slug(textOf(each)) || "part")}`;
    each.tagName = `h${Math.min(open.length + 1, 6)}`;
    each.properties.id = id;
    const anchor = { href: `#${id}`, className: ["anchor"], ariaHidden: "true", tabIndex: -1 };
    each.children.push(element("a", anchor, [text("#")]));
  }
}

/** Returns the headings up to `h3` for a table of contents. */
export function headingsOf(tree: Root): Heading[] {
  return elementsOf(tree).flatMap((each) => {
    const level = levelOf(each);
    const { id } = each.properties;
    if (level === undefined || level > 3 || typeof id !== "string" || id === "footnote-label") return [];
    return [{ id, level, text: textOf({ ...each, children: each.children.slice(0, -1) }).trim() }];
  });
}
