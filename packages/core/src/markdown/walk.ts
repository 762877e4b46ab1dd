import type { Element, ElementContent, Root, RootContent } from "hast";

/** Calls back for every element of a tree, those outside before those inside; what comes back replaces the element. */
export function replaceElements<Tree extends Root | Element>(
  tree: Tree,
  replace: (element: Element) => ElementContent | undefined,
): Tree {
  tree.children = tree.children.map((child) => {
    if (child.type !== "element") return child;
    const replaced = replace(child) ?? child;
    return replaced.type === "element" ? replaceElements(replaced, replace) : replaced;
  });
  return tree;
}

/** All elements of a tree, in the order of the text. */
export function elementsOf(tree: Root | Element): Element[] {
  return tree.children.flatMap((child) => (child.type === "element" ? [child, ...elementsOf(child)] : []));
}

/** The text of a tree, without its markup. */
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
