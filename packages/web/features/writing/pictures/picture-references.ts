import { mediaScheme } from "@daybook/core/published/published-post.limits";

/** A reference to a picture in a text: `![alternative text](media:med_…)`. */
export interface PictureReference {
  readonly id: string;
  readonly alt: string;
  /** Range of its alternative text, as offsets in the text: `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

const reference = new RegExp(`!\\[((?:[^\\]\\\\]|\\\\.)*)\\]\\(${mediaScheme}(med_[0-9A-HJKMNP-TV-Z]{26})\\)`, "g");
const awaited = /!\[[^\]]*\]\(upload:([\w-]+)\)\n?/g;

/**
 * Returns the references in a text, in order. A picture that is used twice appears twice:
 * `![](media:med_1) ![](media:med_1)` gives two.
 */
export function picturesIn(text: string): PictureReference[] {
  return [...text.matchAll(reference)].map(({ 1: alt = "", 2: id = "", index }) => ({
    ...{ id, alt: alt.replaceAll(/\\(.)/g, "$1"), from: index + 2, to: index + 2 + alt.length },
  }));
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
    return id === undefined ? "" : `![](${mediaScheme}${id})${all.endsWith("\n") ? "\n" : ""}`;
  });
}

/** Returns the ids of the uploads that have a placeholder in the text. */
export const uploadsIn = (text: string): string[] => [...text.matchAll(awaited)].map(([, upload = ""]) => upload);
