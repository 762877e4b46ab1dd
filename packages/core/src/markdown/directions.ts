import type { Element, Root } from "hast";

/** Blocks whose first letter decides the direction of all their text. Code is always written from left to right. */
const blocks = new Set(["blockquote", "figure", "h2", "h3", "h4", "h5", "h6", "ol", "p", "table", "ul"]);

/**
 * Sets the direction of each block at the top by its own text, so that an article can mix scripts. Blocks inside of it
 * inherit the direction: an element with its own `dir` does not count for the direction of the elements around it.
 * Changes the tree.
 */
export function setDirections(tree: Root): Root {
  for (const child of tree.children) {
    if (child.type !== "element") continue;
    if (child.tagName === "section") for (const note of notesOf(child)) note.properties.dir = "auto";
    else if (blocks.has(child.tagName)) child.properties.dir = "auto";
  }
  return tree;
}

/** Returns the footnotes. The heading above them is in the language of the site. */
const notesOf = ({ children }: Element): Element[] =>
  children
    .flatMap((child) => (child.type === "element" ? child.children : []))
    .filter((child) => child.type === "element");
