import { decorativeMark } from "@daybook/core/markdown/picture-sources";
import { mediaScheme } from "@daybook/core/published/published-post.limits";

/** A reference to a picture in a text: `![alternative text](media:med_… "caption")`. */
export interface PictureReference {
  readonly id: string;
  readonly alt: string;
  /** Whether it only decorates, and needs no alternative text: `![](media:med_…#decorative)`. */
  readonly decorative: boolean;
  /** Range of its alternative text, as offsets in the text: `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Offset behind its id. */
  readonly end: number;
}

const reference = new RegExp(
  String.raw`(!\[((?:[^\]\\]|\\.)*)\]\(\s*<?${mediaScheme}(med_[0-9A-HJKMNP-TV-Z]{26}))(${decorativeMark})?(?![\w#])`,
  "g",
);
const awaited = /!\[[^\]]*\]\(upload:([\w-]+)\)\n{0,2}/g;

/** Code, whose references are text: a block between fences, of which the last may be missing, or code in a line. */
const code =
  /^ {0,3}(`{3,}|~{3,})[^\n]*(?:\n(?! {0,3}\1[`~]*[ \t]*$)[^\n]*)*(?:\n {0,3}\1[`~]*[ \t]*$)?|(?<!`)(`{1,3})(?!`)[^`\n]{1,1000}?\2(?!`)/gm;

/**
 * Returns the references in a text, in order. A picture that is used twice appears twice:
 * `![](media:med_1) ![](media:med_1)` gives two.
 */
export function picturesIn(text: string): PictureReference[] {
  const prose = text.replaceAll(code, (all) => " ".repeat(all.length));
  return [...prose.matchAll(reference)].map(({ 1: head = "", 2: alt = "", 3: id = "", 4: mark, index }) => ({
    ...{ id, alt: alt.replaceAll(/\\(.)/g, "$1"), decorative: mark !== undefined },
    ...{ from: index + 2, to: index + 2 + alt.length, end: index + head.length },
  }));
}

/** Whether publishing requires an alternative text that is missing. */
export const isUndescribed = ({ alt, decorative }: PictureReference): boolean => alt.trim() === "" && !decorative;

/** Marks a picture as decorative, which removes its alternative text, or removes the mark. */
export function withDecorative(text: string, { from, to, end, decorative }: PictureReference, on: boolean): string {
  const rest = text.slice(decorative ? end + decorativeMark.length : end);
  return (
    text.slice(0, from) + (on ? "" : text.slice(from, to)) + text.slice(to, end) + (on ? decorativeMark : "") + rest
  );
}

/**
 * Replaces the alternative text of a picture. Escapes brackets and backslashes, and collapses white space:
 * "a [small]\ncat" becomes "a \[small\] cat".
 */
export function withAlt(text: string, { from, to }: PictureReference, alt: string): string {
  const escaped = alt.replaceAll(/\s+/g, " ").replaceAll(/[[\]\\]/g, "\\$&");
  return text.slice(0, from) + escaped + text.slice(to);
}

/** Markdown placeholder for a picture during its upload. Example: `![Uploading cat.png…](upload:5f0c2b1a)`. */
export const uploadPlaceholder = (upload: string, words: string): string =>
  `![${words.replaceAll(/[[\]\\]/g, "")}](upload:${upload})`;

/**
 * Replaces an upload placeholder with the picture, or removes it if `id` is undefined. Example: `![…](upload:u-1)`
 * becomes `![](media:med_…)`.
 */
export function withPicture(text: string, upload: string, id: string | undefined): string {
  return text.replaceAll(awaited, (all, name) => {
    if (name !== upload) return all;
    return id === undefined ? "" : `![](${mediaScheme}${id})${/\n*$/.exec(all)?.[0]}`;
  });
}

/** Returns the ids of the uploads that have a placeholder in the text. */
export const uploadsIn = (text: string): string[] => [...text.matchAll(awaited)].map(([, upload = ""]) => upload);
