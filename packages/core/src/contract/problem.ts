import * as z from "zod";

/** Every error that an operation can answer: the one place that maps a code to a status and a title. */
export const problems = {
  "validation-failed": { status: 400, title: "The request is not valid" },
  "password-too-weak": { status: 400, title: "The password does not meet the policy" },
  "confirmation-code-invalid": { status: 400, title: "The code is wrong or has expired" },
  "credentials-invalid": { status: 401, title: "The email or the password is wrong" },
  "session-missing": { status: 401, title: "You are not signed in" },
  "account-unconfirmed": { status: 403, title: "The account is not confirmed yet" },
  "origin-forbidden": { status: 403, title: "The request comes from another site" },
  "user-not-found": { status: 404, title: "There is no such user" },
  "list-not-found": { status: 404, title: "There is no such list" },
  "todo-not-found": { status: 404, title: "There is no such todo" },
  "route-not-found": { status: 404, title: "There is nothing here" },
  "version-conflict": { status: 412, title: "It was changed in the meantime" },
  "body-too-large": { status: 413, title: "The request body is too large" },
  "media-type-unsupported": { status: 415, title: "The media type is not supported" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "internal-error": { status: 500, title: "Something went wrong on our side" },
  "temporarily-unavailable": { status: 503, title: "Please try again in a moment" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** The `type` of a problem: a stable name that is not meant to be opened. */
export const problemType = (code: ProblemCode) => `urn:daybook:problem:${code}` as const;

/**
 * RFC 9457, with the invalid members of the request as JSON pointers (RFC 6901): into the body (`/title`), or below `/path` and
 * `/query` to a parameter.
 */
export const Problem = z
  .object({
    type: z.string().meta({ example: problemType("validation-failed") }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    instance: z.string().meta({ description: "The request's id, as in our logs" }),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.output<typeof Problem>;
