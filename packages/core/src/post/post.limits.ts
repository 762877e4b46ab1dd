import type { Length } from "../length.ts";

export const titleLength: Length = { min: 0, max: 200 };
export const bodyLength: Length = { min: 0, max: 100_000 };
/** As much as an item of the database takes, beside all else that readers see of a post. In UTF-8. */
export const bodyBytes = 240_000;
export const excerptLength: Length = { min: 0, max: 300 };
export const altLength: Length = { min: 0, max: 500 };
export const slugLength: Length = { min: 1, max: 80 };
export const tagLength: Length = { min: 1, max: 30 };
export const tagsPerPost = 8;
export const picturesPerPost = 40;

/** How a post refers to a picture in its Markdown: `![what it shows](media:med_…)`. */
export const mediaScheme = "media:";

/** Words that an average reader takes in within a minute. */
export const wordsPerMinute = 230;

/** Words joined by single hyphens: lower-case ASCII letters and digits. */
export const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** The same, with the letters of every script. */
export const tagForm = /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u;
