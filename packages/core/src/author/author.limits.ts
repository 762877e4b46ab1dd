import type { Length } from "../length.ts";

export const bioLength: Length = { min: 0, max: 500 };

export const handleLength: Length = { min: 3, max: 30 };
/**
 * Format of a handle, which follows the @ in an author's address: lower-case ASCII letters and digits, with single
 * hyphens between them.
 */
export const handleForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Returns whether a text can be a handle. For code that does not load the schema, which checks the same. */
export const isHandle = (text: string): boolean =>
  handleForm.test(text) && text.length >= handleLength.min && text.length <= handleLength.max;
