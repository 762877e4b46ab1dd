import { decorativeMark } from "../markdown/picture-sources.ts";
import { mediaScheme, wordsPerMinute } from "../published/published-post.limits.ts";

/*
 * Facts about a post from its Markdown, without rendering it. They are approximate and take linear time. Every pattern
 * is bounded, because an author may be hostile.
 */

/**
 * A picture in a post. `alt` is the alternative text, or undefined for a reference-style picture, whose text stands
 * elsewhere, and for a decorative picture, which needs none.
 */
export interface PictureReference {
  readonly id: string;
  readonly alt: string | undefined;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;

/** Returns the lines of a text outside of code blocks. */
function linesOf(markdown: string): string[] {
  let open: string | undefined;
  return markdown.split(/\r\n|\r|\n/).filter((line) => {
    const mark = fence.exec(line)?.[1];
    if (open === undefined) {
      open = mark;
      return mark === undefined;
    }
    const closes = mark?.startsWith(open) && line.trim() === mark;
    if (closes) open = undefined;
    return false;
  });
}

const code = /(?<!`)(`{1,3})(?!`)[^`\n]{1,1000}?\1(?!`)/g;
const picture = new RegExp(
  String.raw`!\[((?:\\.|[^[\]\\]){0,500})\]\(\s{0,9}<?${mediaScheme}(med_\w{26})\b(${decorativeMark}\b)?`,
  "g",
);
const anyPicture = new RegExp(String.raw`${mediaScheme}(med_\w{26})\b`, "g");

/**
 * Returns the uploads that a text refers to: first inline pictures in order, with duplicates, and then reference-style
 * pictures.
 */
export function picturesIn(markdown: string): PictureReference[] {
  const text = linesOf(markdown).join("\n").replaceAll(code, "");
  const described = [...text.matchAll(picture)].map(([, alt = "", id = "", decorative]) => ({
    id,
    alt: alt.trim() || (decorative ? undefined : ""),
  }));
  const known = new Set(described.map(({ id }) => id));
  // In reference style, the alternative text and the URL are in different places. They are not matched here.
  const others = [...text.matchAll(anyPicture)].map(([, id = ""]) => id).filter((id) => !known.has(id));
  return [...described, ...others.map((id) => ({ id, alt: undefined }))];
}

/** Removes the Markdown of a line or paragraph. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/!\[(?:\\.|[^[\]\\]){0,500}\](?:\([^()\s]{0,500}(?:\s[^()]{0,500})?\)|\[[^\]]{0,500}\])?/g, "")
    .replaceAll(/\[\^[^\]]{1,200}\]:?/g, "")
    .replaceAll(/\[((?:\\.|[^[\]\\]){0,500})\](?:\([^()\s]{0,500}(?:\s[^()]{0,500})?\)|\[[^\]]{0,500}\])/g, "$1")
    .replaceAll(/<([a-z][a-z0-9+.-]{1,31}:[^\s<>]{0,500})>/gi, "$1")
    .replaceAll(/<\/?[a-z][^<>]{0,500}>|<!--[\s\S]{0,500}?-->/gi, "")
    .replaceAll(/(?<!\\)(?:\*{1,3}|_{1,3}(?!\w)|(?<!\w)_{1,3}|~~|`{1,3})/g, "")
    .replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Removes the marks of headings, quotations, list items and table rows from a line. */
const content = (line: string) =>
  line
    .replace(/^\s{0,20}(?:>\s?){0,9}/, "")
    .replace(/^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/, "")
    .replace(/^#{1,6}\s+/, "")
    .replace(/^[\s|:-]*$/, "")
    .replaceAll("|", " ");

const words = new Intl.Segmenter("en", { granularity: "word" });

/** Counts the words of a text in any script, without code blocks. */
export function wordsIn(markdown: string): number {
  const text = linesOf(markdown)
    .map((line) => plain(content(line)))
    .join("\n");
  let count = 0;
  for (const { isWordLike } of words.segment(text)) if (isWordLike) count += 1;
  return count;
}

/** Returns the reading time in minutes, at least 1. */
export const readingMinutes = (wordCount: number): number => Math.max(1, Math.round(wordCount / wordsPerMinute));
