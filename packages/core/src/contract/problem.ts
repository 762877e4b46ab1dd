import * as brand from "../brand.ts";

/** The response for an error. `detail` is the default; an error can replace it. */
interface ProblemEntry {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Seconds after which a repeated request will probably succeed. */
  readonly retryAfter?: number;
}

/** The catalog of all errors that an operation can return. */
export const problems = {
  "validation-failed": {
    status: 400,
    title: "Invalid request",
    detail: "The request does not match the contract.",
  },
  "password-too-weak": {
    status: 400,
    title: "The password is too weak",
    detail: "Choose a longer password.",
  },
  "password-unchanged": {
    status: 400,
    title: "The new password is the current one",
    detail: "Choose a password that you don't use yet.",
  },
  "email-unchanged": {
    status: 400,
    title: "The new address is the current one",
    detail: "Enter an address that you don't use for this account yet.",
  },
  "password-incorrect": {
    status: 400,
    title: "The current password is incorrect",
    detail: "Enter the password that you sign in with.",
  },
  "confirmation-code-invalid": {
    status: 400,
    title: "The code is incorrect or has expired",
    detail: "Check the code, or request a new one.",
  },
  "second-factor-code-incorrect": {
    status: 400,
    title: "The code is incorrect",
    detail: "Enter the code that your authenticator app shows for the new secret.",
  },
  "credentials-invalid": {
    status: 401,
    title: "The email or password is incorrect",
    detail: "Check the email address and the password.",
  },
  "second-factor-required": {
    status: 401,
    title: "A second-factor code is required",
    detail: "Enter the code that your authenticator app shows.",
  },
  "second-factor-invalid": {
    status: 401,
    title: "The second-factor code is incorrect or already used",
    detail: "Enter the code that your authenticator app shows now. Each code works once.",
  },
  "recovery-code-invalid": {
    status: 401,
    title: "The recovery code is incorrect or already used",
    detail: "Check the recovery code, or use another one. Each works once.",
  },
  "session-missing": {
    status: 401,
    title: "You are not signed in",
    detail: "Sign in to continue.",
  },
  "account-unconfirmed": {
    status: 403,
    title: "The account is not confirmed",
    detail: "Enter the code from the confirmation email first.",
  },
  "direct-access-forbidden": {
    status: 403,
    title: "Use the API's public address",
    detail: "Send requests to the public address of the API.",
  },
  "origin-forbidden": {
    status: 403,
    title: "The request came from another site",
    detail: `Sessions work only on ${brand.name}'s own pages.`,
  },
  "user-not-found": {
    status: 404,
    title: "User not found",
    detail: "The account no longer exists.",
  },
  "session-not-found": {
    status: 404,
    title: "Session not found",
    detail: "You have no session with this id.",
  },
  "list-not-found": {
    status: 404,
    title: "List not found",
    detail: "You have no list with this id.",
  },
  "todo-not-found": {
    status: 404,
    title: "Todo not found",
    detail: "The list has no todo with this id.",
  },
  "media-not-found": {
    status: 404,
    title: "Upload not found",
    detail: "You have no upload with this id.",
  },
  "route-not-found": {
    status: 404,
    title: "Route not found",
    detail: "No operation has this path.",
  },
  "inbox-required": {
    status: 409,
    title: "The inbox cannot be deleted",
    detail: "The inbox cannot be deleted. You can empty or rename it.",
  },
  "second-factor-enabled": {
    status: 409,
    title: "The second factor is already on",
    detail: "Turn it off first, with your password.",
  },
  "second-factor-disabled": {
    status: 409,
    title: "The second factor is off",
    detail: "Turn on the second factor first. You get recovery codes with it.",
  },
  "list-busy": {
    status: 409,
    title: "The list is being updated",
    detail: "An earlier change of all its todos is still running. Try again in half a minute.",
    retryAfter: 30,
  },
  "method-not-allowed": {
    status: 405,
    title: "Method not allowed",
    detail: "This path does not support the method.",
  },
  "request-in-flight": {
    status: 409,
    title: "The first request is still in progress",
    detail: "Repeat the request in a moment to get its response.",
    retryAfter: 1,
  },
  "version-conflict": {
    status: 412,
    title: "Version conflict",
    detail: "This item changed since you loaded it. Load it again and retry.",
  },
  "body-too-large": {
    status: 413,
    title: "The request body is too large",
    detail: "Send a smaller request body.",
  },
  "media-type-unsupported": {
    status: 415,
    title: "Unsupported media type",
    detail: "Send JSON.",
  },
  "idempotency-key-reused": {
    status: 422,
    title: "The idempotency key was used for another request",
    detail: "Use a new Idempotency-Key for each request.",
  },
  "version-required": {
    status: 428,
    title: "If-Match is required",
    detail: "Send If-Match with the version that you have loaded.",
  },
  "too-many-requests": {
    status: 429,
    title: "Too many requests",
    detail: "Wait before you try again.",
    retryAfter: 60,
  },
  "internal-error": {
    status: 500,
    title: "Internal error",
    detail: "We have been notified. Try again, and quote the instance if it happens again.",
  },
  "temporarily-unavailable": {
    status: 503,
    title: "Temporarily unavailable",
    detail: "Your data is safe. Try again in a moment.",
    retryAfter: 2,
  },
  // #region blog
  "commenter-blocked": {
    status: 403,
    title: "You cannot comment on this post",
    detail: "The author has blocked your comments.",
  },
  "post-not-found": {
    status: 404,
    title: "Post not found",
    detail: "There is no post with this id or address.",
  },
  "comment-not-found": {
    status: 404,
    title: "Comment not found",
    detail: "The post has no comment with this id.",
  },
  "author-not-found": {
    status: 404,
    title: "Author not found",
    detail: "There is no author with this handle.",
  },
  "handle-taken": {
    status: 409,
    title: "The handle is taken",
    detail: "Choose another handle.",
  },
  "handle-chosen": {
    status: 409,
    title: "Handles cannot be changed",
    detail: "Links to your posts begin with your handle.",
  },
  "handle-required": {
    status: 409,
    title: "Choose a handle first",
    detail: "The addresses of your posts begin with your handle. Choose one in your profile.",
  },
  "name-required": {
    status: 409,
    title: "Set a display name first",
    detail: "Readers see your name next to your posts and comments. Enter one in your profile.",
  },
  "slug-taken": {
    status: 409,
    title: "Another post has this address",
    detail: "Choose another address for this post.",
  },
  "post-incomplete": {
    status: 409,
    title: "The post is incomplete",
    detail: "Add what is missing, then publish again.",
  },
  "comments-closed": {
    status: 409,
    title: "Comments are closed",
    detail: "The author has closed the comments of this post.",
  },
  // #endregion blog
} as const satisfies Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof problems;

/** Returns the seconds to wait before a repeated request, if repeating helps. */
export function retryAfterOf(code: ProblemCode): number | undefined {
  const { retryAfter }: ProblemEntry = problems[code];
  return retryAfter;
}

/** Returns the `type` of a problem: a stable URN that cannot be opened. */
export const problemType = (code: ProblemCode) => `urn:${brand.id}:problem:${code}` as const;
