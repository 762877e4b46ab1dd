import * as z from "zod";
import { cleanLine, cleanText } from "./clean-text.ts";
import { type Length, lengthProblem } from "./length.ts";

/** Returns the schema of a string with these length bounds, in code points. */
const bounded = (text: z.ZodString, length: Length) =>
  text
    .superRefine((value, context) => {
      const message = lengthProblem(value, length);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .meta({ minLength: length.min, maxLength: length.max });

// #region blog
/** Returns the schema of an identifier that clients must send in its only form, such as a handle. */
export const exact = (length: Length) => bounded(z.string(), length);
// #endregion blog

/** Returns the schema of a text that is cleaned before its length is checked. @param clean must be idempotent */
export const cleaned = (clean: (text: string) => string, length: Length) =>
  bounded(z.string().overwrite(clean), length);

/** Returns the schema of a text on one line, such as a name. */
export const line = (length: Length) => cleaned(cleanLine, length);

/** Returns the schema of a text that may have several lines. */
export const lines = (length: Length) => cleaned(cleanText, length);

/** Returns the schema of a text that may have several lines and is trimmed. */
export const trimmedLines = (length: Length) => cleaned((text) => cleanText(text).trim(), length);
