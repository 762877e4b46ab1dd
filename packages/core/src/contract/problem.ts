/** Every error that an operation can answer: the one place that maps a code to a status and a title. */
export const problems = {
  "validation-failed": { status: 400, title: "Invalid request" },
  "password-too-weak": { status: 400, title: "The password is too weak" },
  "password-incorrect": { status: 400, title: "The current password is incorrect" },
  "confirmation-code-invalid": { status: 400, title: "The code is incorrect or has expired" },
  "second-factor-code-incorrect": { status: 400, title: "The code is incorrect" },
  "credentials-invalid": { status: 401, title: "The email or password is incorrect" },
  "second-factor-required": { status: 401, title: "A second-factor code is required" },
  "second-factor-invalid": { status: 401, title: "The second-factor code is incorrect or already used" },
  "recovery-code-invalid": { status: 401, title: "The recovery code is incorrect or already used" },
  "session-missing": { status: 401, title: "You are not signed in" },
  "account-unconfirmed": { status: 403, title: "The account is not confirmed" },
  "commenter-blocked": { status: 403, title: "You cannot comment on this post" },
  "direct-access-forbidden": { status: 403, title: "Use the API's public address" },
  "origin-forbidden": { status: 403, title: "The request came from another site" },
  "user-not-found": { status: 404, title: "User not found" },
  "list-not-found": { status: 404, title: "List not found" },
  "todo-not-found": { status: 404, title: "Todo not found" },
  "post-not-found": { status: 404, title: "Post not found" },
  "comment-not-found": { status: 404, title: "Comment not found" },
  "media-not-found": { status: 404, title: "Upload not found" },
  "author-not-found": { status: 404, title: "Author not found" },
  "route-not-found": { status: 404, title: "Route not found" },
  "inbox-required": { status: 409, title: "The inbox cannot be deleted" },
  "second-factor-enabled": { status: 409, title: "The second factor is already on" },
  "second-factor-disabled": { status: 409, title: "The second factor is off" },
  "list-busy": { status: 409, title: "The list is being updated" },
  "handle-taken": { status: 409, title: "The handle is taken" },
  "handle-chosen": { status: 409, title: "Handles cannot be changed" },
  "handle-required": { status: 409, title: "Choose a handle first" },
  "name-required": { status: 409, title: "Set a display name first" },
  "slug-taken": { status: 409, title: "Another post has this address" },
  "post-incomplete": { status: 409, title: "The post is incomplete" },
  "comments-closed": { status: 409, title: "Comments are closed" },
  "method-not-allowed": { status: 405, title: "Method not allowed" },
  "request-in-flight": { status: 409, title: "The first request is still in progress" },
  "version-conflict": { status: 412, title: "Version conflict" },
  "body-too-large": { status: 413, title: "The request body is too large" },
  "media-type-unsupported": { status: 415, title: "Unsupported media type" },
  "idempotency-key-reused": { status: 422, title: "The idempotency key was used for another request" },
  "version-required": { status: 428, title: "If-Match is required" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "internal-error": { status: 500, title: "Internal error" },
  "temporarily-unavailable": { status: 503, title: "Temporarily unavailable" },
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
