/** Every error that an operation can answer: the one place that maps a code to a status and a title. */
export const problems = {
  "validation-failed": { status: 400, title: "The request is not valid" },
  "password-too-weak": { status: 400, title: "The password does not meet the policy" },
  "password-incorrect": { status: 400, title: "The current password is wrong" },
  "confirmation-code-invalid": { status: 400, title: "The code is wrong or has expired" },
  "second-factor-code-incorrect": { status: 400, title: "The code is wrong" },
  "credentials-invalid": { status: 401, title: "The email or the password is wrong" },
  "second-factor-required": { status: 401, title: "The account has a second factor" },
  "second-factor-invalid": { status: 401, title: "The code of the second factor is wrong or used" },
  "recovery-code-invalid": { status: 401, title: "The recovery code is wrong or used" },
  "session-missing": { status: 401, title: "You are not signed in" },
  "account-unconfirmed": { status: 403, title: "The account is not confirmed yet" },
  "commenter-blocked": { status: 403, title: "You cannot comment here" },
  "direct-access-forbidden": { status: 403, title: "The API is served at its public address only" },
  "origin-forbidden": { status: 403, title: "The request comes from another site" },
  "user-not-found": { status: 404, title: "There is no such user" },
  "list-not-found": { status: 404, title: "There is no such list" },
  "todo-not-found": { status: 404, title: "There is no such todo" },
  "post-not-found": { status: 404, title: "There is no such post" },
  "comment-not-found": { status: 404, title: "There is no such comment" },
  "media-not-found": { status: 404, title: "There is no such upload" },
  "author-not-found": { status: 404, title: "There is no such author" },
  "route-not-found": { status: 404, title: "There is nothing here" },
  "inbox-required": { status: 409, title: "The inbox cannot be deleted" },
  "second-factor-enabled": { status: 409, title: "The second factor is on already" },
  "second-factor-disabled": { status: 409, title: "The second factor is off" },
  "list-busy": { status: 409, title: "The list is busy" },
  "handle-taken": { status: 409, title: "The handle is taken" },
  "handle-chosen": { status: 409, title: "A handle stays as it is" },
  "handle-required": { status: 409, title: "Choose a handle first" },
  "name-required": { status: 409, title: "Say how you want to be called first" },
  "slug-taken": { status: 409, title: "Another post has this address" },
  "post-incomplete": { status: 409, title: "Something is missing before this can be published" },
  "comments-closed": { status: 409, title: "Comments are closed" },
  "method-not-allowed": { status: 405, title: "The method is not allowed here" },
  "request-in-flight": { status: 409, title: "The first request is still being carried out" },
  "version-conflict": { status: 412, title: "It was changed in the meantime" },
  "body-too-large": { status: 413, title: "The request body is too large" },
  "media-type-unsupported": { status: 415, title: "The media type is not supported" },
  "idempotency-key-reused": { status: 422, title: "The idempotency key belongs to another request" },
  "version-required": { status: 428, title: "Name the version that you decide on" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "internal-error": { status: 500, title: "Something went wrong on our side" },
  "temporarily-unavailable": { status: 503, title: "Please try again in a moment" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** How long a client waits by default after `too-many-requests`; most limits know how long it really takes. */
export const tooManyRequestsSeconds = 60;

/** The problems that pass by themselves: a client that waits so long will probably be served. */
export const retryAfterSeconds: Partial<Record<ProblemCode, number>> = {
  "list-busy": 30,
  "request-in-flight": 1,
  "temporarily-unavailable": 2,
  "too-many-requests": tooManyRequestsSeconds,
};

/** The `type` of a problem: a stable name that is not meant to be opened. */
export const problemType = (code: ProblemCode) => `urn:daybook:problem:${code}` as const;
