import type { Element, ElementContent, Root } from "hast";
import type { Token } from "markdown-it";
import { cleanText } from "../clean-text.ts";
import { openNotes } from "./footnotes.ts";
import { element, elementsOf, text } from "./hast.ts";
import { deepestElement, mostElements, TooMuchError } from "./limits.ts";
import { languageForm, type Profile } from "./schema.ts";

/**
 * Builds an element tree from the parser's tokens in one pass, without recursion.
 *
 * @throws TooMuchError at the first element above the limit
 */
export function treeOf(tokens: readonly Token[], profile: Profile): Root {
  const root: Root = { type: "root", children: [] };
  const open: (Root | Element)[] = [root];
  let elements = 0;
  const spend = () => {
    elements += 1;
    if (elements > mostElements[profile] || open.length > deepestElement) throw new TooMuchError();
  };
  const top = () => open.at(-1) ?? root;
  const put = (...nodes: ElementContent[]) => {
    for (const node of nodes) {
      const last = top().children.at(-1);
      if (node.type === "element") spend();
      if (node.type === "text" && last?.type === "text") last.value += node.value;
      else top().children.push(node);
    }
  };
  const begin = (started: Element) => {
    spend();
    open.push(started);
  };
  const end = () => {
    open.pop();
  };
  const notes = openNotes(profile, { put, begin, end });
  const within = (token: Token) => {
    if (notes.take(token)) return;
    if (token.nesting === 0) put(...leavesOf(token));
    else if (token.nesting === -1) end();
    else {
      // A heading in a comment becomes a paragraph.
      const tag = profile === "comment" && /^h\d$/.test(token.tag) ? "p" : token.tag;
      const started = element(tag, propertiesOf(token));
      put(started);
      open.push(started);
    }
  };
  for (const token of tokens) {
    if (token.type !== "inline") {
      // Hidden tokens are the paragraphs of items in a tight list.
      if (!token.hidden) within(token);
      continue;
    }
    const box = boxOf(token, open);
    if (box) put(box);
    for (const child of token.children ?? []) within(child);
  }
  root.children.push(...notes.section());
  if (elementsOf(root).length > mostElements[profile]) throw new TooMuchError();
  return root;
}

/**
 * Converts tokens without children: text, code, pictures, breaks. Inline HTML becomes text, and an HTML block a
 * paragraph.
 */
function leavesOf(token: Token): ElementContent[] {
  switch (token.type) {
    case "softbreak":
      return [text("\n")];
    case "hardbreak":
      return [element("br", {}), text("\n")];
    case "hr":
      return [element("hr", {})];
    case "code_inline":
      return [element("code", {}, [text(token.content)])];
    case "code_block":
    case "fence":
      return [element("pre", {}, [element("code", languageOf(token), [text(token.content)])])];
    case "html_block":
      return [element("p", {}, [text(token.content.replace(/\n$/, ""))])];
    case "image":
      return [element("img", { ...propertiesOf(token), alt: cleanText(plainTextOf(token.children ?? [])) })];
    default:
      // A character reference such as &#x202e; stands for a character that the source does not contain.
      return [text(cleanText(token.content))];
  }
}

function languageOf({ info }: Token): Element["properties"] {
  const [language] = info.trim().split(/\s/, 1);
  return language && languageForm.test(language) ? { className: [`language-${language}`] } : {};
}

function propertiesOf({ attrs }: Token): Element["properties"] {
  const { style, start, ...others } = Object.fromEntries(
    (attrs ?? []).map(([name, value]) => [name, cleanText(String(value))]),
  );
  return {
    ...others,
    ...(start !== undefined && { start: Number(start) }),
    // The page's CSP forbids styles. The parser's only style is the alignment of table cells.
    ...(style !== undefined && { align: String(style).replace("text-align:", "") }),
  };
}

function plainTextOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content, children }) => {
      if (type === "softbreak" || type === "hardbreak") return "\n";
      return children ? plainTextOf(children) : content;
    })
    .join("");
}

/** Returns a checkbox if a list item starts with `[ ]` or `[x]`, and removes the mark from the text. */
function boxOf({ content, children }: Token, open: readonly (Root | Element)[]): Element | undefined {
  const [first] = children ?? [];
  const mark = /^\[([ xX])\][ \t\n]/.exec(content)?.[1];
  if (mark === undefined || first?.type !== "text" || !first.content.startsWith(`[${mark}]`)) return undefined;
  const inside = open.at(-1);
  const depth = inside?.type === "element" && inside.tagName === "p" ? -2 : -1;
  const [list, item] = [open.at(depth - 1), open.at(depth)];
  if (item?.type !== "element" || item.tagName !== "li" || list?.type !== "element") return undefined;
  // Only at the start of the item's first paragraph.
  if (item.children.length > (depth === -2 ? 1 : 0)) return undefined;
  first.content = ` ${first.content.slice("[x]".length).trimStart()}`;
  item.properties.className = ["task-list-item"];
  list.properties.className = ["contains-task-list"];
  return element("input", { type: "checkbox", disabled: true, ...(mark !== " " && { checked: true }) });
}
