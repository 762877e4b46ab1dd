import type { Element, ElementContent } from "hast";
import { shortened } from "../length.ts";
import { textOf } from "../markdown/hast.ts";
import { parseMarkdown } from "../markdown/parse.ts";
import { excerptLength } from "../published/published-post.limits.ts";

/** Elements whose text is not part of a sentence: references of footnotes, boxes of tasks and pictures. */
const left = new Set(["sup", "input", "img"]);

const readable = (children: readonly ElementContent[]): ElementContent[] =>
  children.flatMap((child): ElementContent[] => {
    if (child.type !== "element") return [child];
    return left.has(child.tagName) ? [] : [{ ...child, children: readable(child.children) }];
  });

const wordsOf = (paragraph: Element) =>
  textOf({ ...paragraph, children: readable(paragraph.children) })
    .replaceAll(/\s+/g, " ")
    .trim();

/**
 * Returns the text of the first paragraph with words as the page shows it, truncated at a word to the maximum length of
 * an excerpt. Takes linear time. Example: "Tea &amp; *milk*" gives "Tea & milk".
 */
export function excerptOf(markdown: string): string {
  for (const child of parseMarkdown(markdown, "article").children) {
    const text = child.type === "element" && child.tagName === "p" ? wordsOf(child) : "";
    if (/[\p{L}\p{N}]/u.test(text)) return shortened(text, excerptLength.max);
  }
  return "";
}
