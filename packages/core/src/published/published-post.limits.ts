import type { Length } from "../length.ts";

export const titleLength: Length = { min: 0, max: 200 };
export const bodyLength: Length = { min: 0, max: 100_000 };
/**
 * Maximum size of a body in bytes of UTF-8. Leaves room for the other fields of a published post in a DynamoDB item
 * (400 KB).
 */
export const bodyBytes = 240_000;
export const excerptLength: Length = { min: 0, max: 300 };
export const altLength: Length = { min: 0, max: 500 };
export const slugLength: Length = { min: 1, max: 80 };
export const tagLength: Length = { min: 1, max: 30 };
export const tagsPerPost = 8;
export const picturesPerPost = 40;

/** URL scheme of an upload in a post's Markdown: `![alternative text](media:med_…)`. */
export const mediaScheme = "media:";

/** Words that an average reader reads per minute. */
export const wordsPerMinute = 230;

/** Form of a slug: lower-case ASCII letters and digits in words joined by single hyphens. */
export const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const word = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{N}][\p{Ll}\p{Lm}\p{Lo}\p{M}\p{N}+#]*`;
/**
 * Form of a tag: words of lower-case letters and digits of every script, `+` and `#`, joined by single hyphens or
 * periods. Examples: `c++`, `c#`, `node.js`, `.net`, `größe`.
 */
export const tagForm = new RegExp(String.raw`^\.?${word}(?:[-.]${word})*$`, "u");
