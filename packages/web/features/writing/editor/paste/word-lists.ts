import type { Element, ElementContent, RootContent } from "hast";

/** A list item of Word: a paragraph that names its level, and begins with the mark as text. */
interface Item {
  readonly level: number;
  readonly tagName: "ol" | "ul";
  readonly children: ElementContent[];
}

/** Returns the inline style of an element in lower case. */
export const styleOf = ({ properties }: Element) => String(properties.style ?? "").toLowerCase();

/** The text that Word writes instead of a list mark, which other programs ignore. */
const isMark = (node: ElementContent): node is Element =>
  node.type === "element" && /mso-list:\s*ignore/.test(styleOf(node));

const textOf = (node: ElementContent): string =>
  node.type === "text" ? node.value : node.type === "element" ? node.children.map(textOf).join("") : "";

function itemOf(node: RootContent): Item | undefined {
  if (node.type !== "element" || node.tagName !== "p") return undefined;
  const level = Number(/mso-list:[^;]*\blevel(\d)/.exec(styleOf(node))?.[1] ?? 0);
  if (level === 0) return undefined;
  const mark = node.children.filter(isMark).map(textOf).join("").trim();
  const children = node.children.filter((child) => !isMark(child));
  return { level, tagName: /^\(?(\d+|[a-z]|[ivx]+)[.)]/i.test(mark) ? "ol" : "ul", children };
}

/** Replaces each run of Word's list paragraphs by a list. Other nodes stay as they are. */
export function listsOf(nodes: readonly RootContent[]): RootContent[] {
  const found: RootContent[] = [];
  let run: Item[] = [];
  const end = () => {
    if (run.length > 0) found.push(...nested(run, 1));
    run = [];
  };
  for (const node of nodes) {
    const item = itemOf(node);
    if (item) run.push(item);
    // Word writes line breaks between its paragraphs.
    else if (run.length === 0 || node.type !== "text" || node.value.trim() !== "") {
      end();
      found.push(node);
    }
  }
  end();
  return found;
}

/** Builds the lists of a level from its items and those of deeper levels. */
function nested(items: readonly Item[], level: number): Element[] {
  const lists: Element[] = [];
  for (let index = 0; index < items.length; ) {
    const item = items[index];
    const next = items.findIndex((each, place) => place > index && each.level <= level);
    const deeper = items.slice(index + 1, next === -1 ? items.length : next);
    if (item) {
      const own = item.level > level ? nested([item], level + 1) : item.children;
      const entry: Element = {
        ...{ type: "element", tagName: "li", properties: {} },
        children: [...own, ...(deeper.length > 0 ? nested(deeper, level + 1) : [])],
      };
      const last = lists.at(-1);
      if (last?.tagName === item.tagName) last.children.push(entry);
      else lists.push({ type: "element", tagName: item.tagName, properties: {}, children: [entry] });
    }
    index += 1 + deeper.length;
  }
  return lists;
}
