import type { Element, ElementContent, Root, RootContent } from "hast";

/**
 * Copies a tree. Calls `replace` for every element, outer before inner, and copies its result instead of the element.
 * The copy shares texts and properties with the original.
 */
export function replaceElements<Tree extends Root | Element>(
  tree: Tree,
  replace: (element: Element) => ElementContent | undefined,
): Tree {
  const children = tree.children.map((child) => {
    if (child.type !== "element") return child;
    const replaced = replace(child) ?? child;
    return replaced.type === "element" ? replaceElements(replaced, replace) : replaced;
  });
  return { ...tree, children };
}

/** Returns all elements of a tree in document order. */
export function elementsOf(tree: Root | Element): Element[] {
  const found: Element[] = [];
  const visit = (node: Root | Element) => {
    for (const child of node.children) {
      if (child.type !== "element") continue;
      found.push(child);
      visit(child);
    }
  };
  visit(tree);
  return found;
}

/** Returns the text of a tree without markup. */
export function textOf(node: RootContent | Root): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}

export const element = (
  tagName: string,
  properties: Element["properties"],
  children: readonly ElementContent[] = [],
): Element => ({ type: "element", tagName, properties, children: [...children] });

export const text = (value: string): ElementContent => ({ type: "text", value });
