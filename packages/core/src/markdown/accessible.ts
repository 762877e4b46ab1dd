import type { Root } from "hast";
import { element, elementsOf, replaceElements } from "./hast.ts";

/** Makes wide elements scrollable by keyboard and labels elements for screen readers. */
export function makeAccessible(tree: Root): Root {
  for (const { tagName, properties } of elementsOf(tree)) {
    if (tagName === "pre") properties.tabIndex = 0;
    if (tagName === "input") properties.ariaLabel = properties.checked ? "Done" : "To do";
  }
  const framed = new Set<object>();
  return replaceElements(tree, (each) => {
    if (each.tagName !== "table" || framed.has(each)) return undefined;
    framed.add(each);
    return element("div", { className: ["scroller"], role: "group", ariaLabel: "Table", tabIndex: 0 }, [each]);
  });
}
