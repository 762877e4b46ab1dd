import { excerptLength, mediaScheme, wordsPerMinute } from "./post.limits.ts";

/*
 * What can be said of a post from its Markdown alone, without rendering it: roughly, and in a time that grows with its length only. Every
 * pattern here is bounded, for an author may be hostile.
 */

/** A picture that a post refers to; `alt` is what it says of it in that place, and missing where that stands elsewhere. */
export interface PictureReference {
  readonly id: string;
  readonly alt: string | undefined;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;

/** The lines of a text that are no code blocks. */
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
const picture = new RegExp(String.raw`!\[((?:\\.|[^[\]\\]){0,500})\]\(\s{0,9}<?${mediaScheme}(med_\w{26})\b`, "g");
const anyPicture = new RegExp(String.raw`${mediaScheme}(med_\w{26})\b`, "g");

/** The pictures of one's own that a text refers to, in the order of their places; one that is there twice is listed twice. */
export function picturesIn(markdown: string): PictureReference[] {
  const text = linesOf(markdown).join("\n").replaceAll(code, "");
  const described = [...text.matchAll(picture)].map(([, alt = "", id = ""]) => ({ id, alt: alt.trim() }));
  const known = new Set(described.map(({ id }) => id));
  // A definition below the text says where, and the place in the text says what: they are not put together here.
  const others = [...text.matchAll(anyPicture)].map(([, id = ""]) => id).filter((id) => !known.has(id));
  return [...described, ...others.map((id) => ({ id, alt: undefined }))];
}

/** What is left of a line or paragraph without its marks. */
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

/** A line without what makes it a heading, a quotation, an item of a list or a row of a table. */
const content = (line: string) =>
  line
    .replace(/^\s{0,20}(?:>\s?){0,9}/, "")
    .replace(/^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/, "")
    .replace(/^#{1,6}\s+/, "")
    .replace(/^[\s|:-]*$/, "")
    .replaceAll("|", " ");

const words = new Intl.Segmenter("en", { granularity: "word" });

/** How many words a text has, in any script; code blocks are not read. */
export function wordsIn(markdown: string): number {
  const text = linesOf(markdown)
    .map((line) => plain(content(line)))
    .join("\n");
  let count = 0;
  for (const { isWordLike } of words.segment(text)) if (isWordLike) count += 1;
  return count;
}

/** How long an average reader takes, in minutes: at least one. */
export const readingMinutes = (wordCount: number): number => Math.max(1, Math.round(wordCount / wordsPerMinute));

/** What is no paragraph: a heading, a list, a quotation, a table, HTML, a definition, a rule, or code that is indented. */
const otherBlock =
  /^(?: {4}|\t| {0,3}(?:#{1,6}(?:\s|$)|[-*+]\s|\d{1,9}[.)]\s|>|\||<[a-z!/]|\[\^?[^\]]{1,200}\]:|(?:[-*_]\s*){3,}$))/i;

/** The first paragraph of a text that has any words, as plain text; cut at a word where it is too long for an excerpt. */
export function excerptOf(markdown: string): string {
  const paragraphs = linesOf(markdown)
    .join("\n")
    .split(/\n\s*\n/);
  for (const paragraph of paragraphs) {
    const lines = paragraph.split("\n").filter((line) => line.trim() !== "");
    // A heading may stand right above its paragraph, without an empty line.
    const start = lines.findIndex((line) => !/^ {0,3}#{1,6}(?:\s|$)/.test(line));
    const rest = lines.slice(start === -1 ? lines.length : start);
    if (rest[0] === undefined || otherBlock.test(rest[0])) continue;
    // A line of equals signs or hyphens makes a heading of what is above it.
    if (rest.some((line) => /^ {0,3}(?:=+|-+)\s*$/.test(line))) continue;
    const text = plain(rest.join(" "));
    if (/[\p{L}\p{N}]/u.test(text)) return shortened(text);
  }
  return "";
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= excerptLength.max) return text;
  const start = characters.slice(0, excerptLength.max - 1).join("");
  const end = start.lastIndexOf(" ");
  return `${(end > 0 ? start.slice(0, end) : start).replace(/[\s,;:.–-]+$/, "")}…`;
}
