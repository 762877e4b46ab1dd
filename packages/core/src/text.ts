import * as z from "zod";
import { type Length, lengthProblem } from "./length.ts";

/** Returns the schema of a string with these length bounds, in code points. */
export const text = (length: Length) =>
  z
    .string()
    .superRefine((value, context) => {
      const message = lengthProblem(value, length);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .meta({ minLength: length.min, maxLength: length.max });
