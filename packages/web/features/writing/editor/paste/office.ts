import type { Element, ElementContent, Root, RootContent } from "hast";
import { listsOf, styleOf } from "./word-lists.ts";

/*
 * Google Docs and Word write formats as styles of `span` elements, wrap everything in a `b` that is not bold, and nest
 * lists in other ways than HTML. These functions turn that into the elements that it stands for.
 */

const formatTags = new Set([
  "a",
  "blockquote",
  "del",
  "em",
  "li",
  "strong",
  "table",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
]);
const isHeading = (tagName: string) => /^h[1-6]$/.test(tagName);
const isList = (node: RootContent | undefined): node is Element =>
  node?.type === "element" && (node.tagName === "ul" || node.tagName === "ol");

const wrap = (tagName: string, children: ElementContent[]): ElementContent[] => [
  { type: "element", tagName, properties: {}, children },
];

/** Returns a tree with the elements that the styles stand for, and without comments and pictures from other places. */
export const withoutOffice = (tree: Root): Root => ({ ...tree, children: childrenOf(tree, false) });

/** Whether a tree has a format that Markdown keeps. */
export const hasFormats = (tree: Root | Element): boolean =>
  tree.children.some((child) => child.type === "element" && (formatTags.has(child.tagName) || hasFormats(child)));

function childrenOf({ children }: Root | Element, isTitle: boolean): ElementContent[] {
  const found = listsOf(children).flatMap((child) => converted(child, isTitle));
  return withNestedLists(found);
}

function converted(node: RootContent, isTitle: boolean): ElementContent[] {
  if (node.type === "text") return [{ type: "text", value: node.value.replaceAll("\u00a0", " ") }];
  if (node.type !== "element") return [];
  const { tagName, properties } = node;
  const children = childrenOf(node, isTitle || isHeading(tagName));
  switch (tagName) {
    case "b":
    case "strong":
      return isTitle || /font-weight:\s*(normal|400)/.test(styleOf(node)) ? children : marked("strong", children);
    case "i":
      return marked("em", children);
    case "s":
    case "strike":
      return marked("del", children);
    case "span":
      return styled(styleOf(node), children, isTitle);
    case "a":
      return /^(https?|mailto):/i.test(String(properties.href ?? "")) ? [{ ...node, children }] : children;
    case "img":
      return /^https?:/i.test(String(properties.src ?? "")) ? [node] : [];
    case "table":
      return [withHeader({ ...node, children })];
    case "p":
      return properties.className?.toString() === "MsoTitle" ? wrap("h1", children) : [{ ...node, children }];
    default:
      return [{ ...node, children }];
  }
}

/** Wraps content in a mark, unless it is only white space, which Markdown cannot mark. */
const marked = (tagName: string, children: ElementContent[]): ElementContent[] =>
  children.every((child) => child.type === "text" && child.value.trim() === "") ? children : wrap(tagName, children);

function styled(style: string, children: ElementContent[], isTitle: boolean): ElementContent[] {
  const isBold = !isTitle && /font-weight:\s*(bold|[6-9]00)/.test(style);
  const isItalic = /font-style:\s*italic/.test(style);
  const isStruck = /text-decoration[^;]*line-through/.test(style);
  const struck = isStruck ? marked("del", children) : children;
  const italic = isItalic ? marked("em", struck) : struck;
  return isBold ? marked("strong", italic) : italic;
}

/** Makes the first row of a table its header, as Markdown requires, unless it has one. */
function withHeader(table: Element): Element {
  const rows = elementsOf(table).filter(({ tagName }) => tagName === "tr");
  const cells = rows[0]?.children.filter((cell) => cell.type === "element") ?? [];
  for (const cell of cells) if (cell.tagName === "td") cell.tagName = "th";
  return table;
}

const elementsOf = ({ children }: Element): Element[] =>
  children.flatMap((child) => (child.type === "element" ? [child, ...elementsOf(child)] : []));

/** Moves a list that stands directly in a list, as in Google Docs, into the item before it. */
function withNestedLists(children: readonly ElementContent[]): ElementContent[] {
  return children.map((child) => {
    if (!isList(child)) return child;
    const items: ElementContent[] = [];
    for (const item of child.children) {
      const last = items.at(-1);
      if (isList(item) && last?.type === "element" && last.tagName === "li")
        items[items.length - 1] = { ...last, children: [...last.children, item] };
      else items.push(item);
    }
    return { ...child, children: items };
  });
}
