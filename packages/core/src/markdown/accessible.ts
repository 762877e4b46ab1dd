import type { Root } from "hast";
import { element, elementsOf, replaceElements } from "./walk.ts";
import { markdown } from "./words.ts";

/** Makes wide elements scrollable by keyboard and labels elements for screen readers. */
export function makeAccessible(tree: Root): Root {
  for (const { tagName, properties } of elementsOf(tree)) {
    if (tagName === "pre") properties.tabIndex = 0;
    if (tagName === "input") properties.ariaLabel = properties.checked ? markdown.done : markdown.toDo;
  }
  const framed = new Set<object>();
  return replaceElements(tree, (each) => {
    if (each.tagName !== "table" || framed.has(each)) return undefined;
    framed.add(each);
    return element("div", { className: ["scroller"], role: "group", ariaLabel: markdown.table, tabIndex: 0 }, [each]);
  });
}
