import type { Length } from "../length.ts";

export const bioLength: Length = { min: 0, max: 500 };

export const handleLength: Length = { min: 3, max: 30 };
/** Lower-case ASCII letters, digits and single hyphens between them: what follows the @ of an author's address. */
export const handleForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether a text can be a handle; the schema says the same where there is one at hand. */
export const isHandle = (text: string): boolean =>
  handleForm.test(text) && text.length >= handleLength.min && text.length <= handleLength.max;
