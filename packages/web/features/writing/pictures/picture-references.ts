import { mediaScheme } from "@daybook/core/post/post.limits";

/** A picture that a text refers to: `![what it shows](media:med_…)`. */
export interface PictureReference {
  readonly id: string;
  readonly alt: string;
  /** Where its alternative text stands. */
  readonly from: number;
  readonly to: number;
}

const reference = new RegExp(`!\\[((?:[^\\]\\\\]|\\\\.)*)\\]\\(${mediaScheme}(med_[0-9A-HJKMNP-TV-Z]{26})\\)`, "g");
const awaited = /!\[[^\]]*\]\(upload:([\w-]+)\)\n?/g;

/** The pictures of a text, in their order; one that stands there twice is there twice. */
export function picturesIn(text: string): PictureReference[] {
  return [...text.matchAll(reference)].map(({ 1: alt = "", 2: id = "", index }) => ({
    ...{ id, alt: alt.replaceAll(/\\(.)/g, "$1"), from: index + 2, to: index + 2 + alt.length },
  }));
}

/** The text with another alternative text for one of its pictures. */
export function withAlt(text: string, { from, to }: PictureReference, alt: string): string {
  const escaped = alt.replaceAll(/\s+/g, " ").replaceAll(/[[\]\\]/g, "\\$&");
  return text.slice(0, from) + escaped + text.slice(to);
}

/** What stands in a text while a picture is on its way. */
export const uploadPlaceholder = (upload: string, words: string): string =>
  `![${words.replaceAll(/[[\]\\]/g, "")}](upload:${upload})`;

/** The text with the picture in the place that was held for it; nothing if it is `undefined`. */
export function withPicture(text: string, upload: string, id: string | undefined): string {
  return text.replaceAll(awaited, (all, name) => {
    if (name !== upload) return all;
    return id === undefined ? "" : `![](${mediaScheme}${id})${all.endsWith("\n") ? "\n" : ""}`;
  });
}

/** The uploads that a text waits for. */
export const uploadsIn = (text: string): string[] => [...text.matchAll(awaited)].map(([, upload = ""]) => upload);
