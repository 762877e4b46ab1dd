import GithubSlugger from "github-slugger";
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
 * Adds ids and anchors to headings. The page title is the `h1`, so all headings shift down one level if the text has a
 * first-level heading. Example: `# A` and `## B` become `h2` and `h3`.
 */
export function addHeadingIds(tree: Root): void {
  const slugs = new GithubSlugger();
  const headings = elementsOf(tree).flatMap((each) => {
    const level = levelOf(each);
    return level === undefined || each.properties.id === "footnote-label" ? [] : [{ each, level }];
  });
  const shift = headings.some(({ level }) => level === 1) ? 1 : 0;
  for (const { each, level } of headings) {
    const id = `section-${slugs.slug(textOf(each)) || headings.length}`;
    each.tagName = `h${Math.min(level + shift, 6)}`;
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
