import type { PictureData } from "../media/media.sources.ts";

/** Ends the address of a picture that only decorates, and needs no alternative text: `![](media:med_…#decorative)`. */
export const decorativeMark = "#decorative";

/** Finds the picture that a source refers to: `media:` and its id, with or without the mark of a decorative picture. */
export const pictureOf = (pictures: readonly PictureData[], source: unknown): PictureData | undefined =>
  pictures.find(({ id }) => source === `media:${id}` || source === `media:${id}${decorativeMark}`);
