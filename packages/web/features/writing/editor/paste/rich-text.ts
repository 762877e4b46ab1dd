import { fromHtml } from "hast-util-from-html";
import { toMdast } from "hast-util-to-mdast";
import type { Nodes } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { hasFormats, withoutOffice } from "./office.ts";

/**
 * Converts copied HTML to Markdown: headings, lists, links with their titles, bold, italic and tables. Returns
 * undefined if the HTML has no such format, such as copied code.
 */
export function markdownOf(html: string): string | undefined {
  const tree = withoutOffice(fromHtml(html, { fragment: true }));
  if (!hasFormats(tree)) return undefined;
  return toMarkdown(withTightLists(toMdast(tree)), {
    bullet: "-",
    bulletOther: "*",
    emphasis: "_",
    rule: "-",
    resourceLink: true,
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  }).trim();
}

/** Removes the empty lines between the items of a list, unless an item has several paragraphs. Changes the tree. */
function withTightLists(node: Nodes): Nodes {
  if (!("children" in node)) return node;
  for (const child of node.children) withTightLists(child);
  if (node.type === "listItem") node.spread = node.children.filter(({ type }) => type === "paragraph").length > 1;
  if (node.type === "list") node.spread = node.children.some(({ spread }) => spread);
  return node;
}
