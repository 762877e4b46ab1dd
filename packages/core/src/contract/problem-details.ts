import * as z from "zod";
import { problems, problemType } from "./problem.ts";

/**
 * Problem details (RFC 9457) with the invalid members of the request. Each `pointer` is a JSON pointer (RFC 6901) into
 * the body, such as `/title`, or starts with `/path`, `/query` or `/header` and names a parameter.
 */
export const ProblemDetails = z
  .object({
    type: z.string().meta({ example: problemType("validation-failed") }),
    title: z.string().meta({ example: problems["validation-failed"].title }),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ example: "/title: Must not be empty" }),
    instance: z.string().meta({ description: "Request id, as in the logs", example: "JKJaXmPLvHcESHA=" }),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({ example: "/title" }),
          detail: z.string().meta({ example: "Must not be empty" }),
        }),
      )
      .optional(),
  })
  .meta({ id: "Problem" });
export type ProblemDetails = z.output<typeof ProblemDetails>;
