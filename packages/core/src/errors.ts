import { type ProblemCode, tooManyRequestsSeconds } from "./contract/problem.ts";

/**
 * The expected failures. A class says what is; its `code` names the entry of the catalogue that a client sees, its message is
 * written for that client, and its `cause` is for the log.
 */
export interface ExpectedError extends Error {
  readonly code: ProblemCode;
}

/** An invalid member of a request: a JSON pointer into the body; `/path/…` and `/query/…` point to parameters. */
export interface InvalidMember {
  readonly pointer: string;
  readonly detail: string;
}

/** The request does not follow the contract. */
export class ValidationError extends Error implements ExpectedError {
  override readonly name = "ValidationError";
  readonly code = "validation-failed";
  readonly errors: readonly InvalidMember[];

  constructor(errors: readonly InvalidMember[], options?: ErrorOptions) {
    super(errors.map(({ pointer, detail }) => (pointer === "" ? detail : `${pointer}: ${detail}`)).join("; "), options);
    this.errors = errors;
  }
}

/** There is no session, or it has ended. */
export class SessionMissingError extends Error implements ExpectedError {
  override readonly name = "SessionMissingError";
  readonly code = "session-missing";

  constructor(options?: ErrorOptions) {
    super("Sign in, please.", options);
  }
}

/** A browser sends the request from a page of another site. */
export class OriginForbiddenError extends Error implements ExpectedError {
  override readonly name = "OriginForbiddenError";
  readonly code = "origin-forbidden";

  constructor(options?: ErrorOptions) {
    super("Sessions can be used from Daybook's own pages only.", options);
  }
}

/** The request did not pass the edge, which limits and inspects requests. */
export class DirectAccessForbiddenError extends Error implements ExpectedError {
  override readonly name = "DirectAccessForbiddenError";
  readonly code = "direct-access-forbidden";

  constructor(publicUrl: string, options?: ErrorOptions) {
    super(`Send this request to ${publicUrl}.`, options);
  }
}

/** The user has no profile, and none can be made. */
export class UserNotFoundError extends Error implements ExpectedError {
  override readonly name = "UserNotFoundError";
  readonly code = "user-not-found";

  constructor(options?: ErrorOptions) {
    super("The account does not exist any more.", options);
  }
}

/** The list does not exist, or not for the actor. */
export class ListNotFoundError extends Error implements ExpectedError {
  override readonly name = "ListNotFoundError";
  readonly code = "list-not-found";

  constructor(options?: ErrorOptions) {
    super("You have no list with this id.", options);
  }
}

/** An inbox is where todos go by default: it cannot be deleted. */
export class InboxRequiredError extends Error implements ExpectedError {
  override readonly name = "InboxRequiredError";
  readonly code = "inbox-required";

  constructor(options?: ErrorOptions) {
    super("The inbox stays. It can be emptied or renamed.", options);
  }
}

/** Another change of all todos of the list is still being carried out. */
export class ListBusyError extends Error implements ExpectedError {
  override readonly name = "ListBusyError";
  readonly code = "list-busy";

  constructor(options?: ErrorOptions) {
    super("An earlier change of all its todos is not finished yet.", options);
  }
}

/** The list holds no such todo. */
export class TodoNotFoundError extends Error implements ExpectedError {
  override readonly name = "TodoNotFoundError";
  readonly code = "todo-not-found";

  constructor(options?: ErrorOptions) {
    super("The list holds no todo with this id.", options);
  }
}

/** No operation has this method and path. */
export class RouteNotFoundError extends Error implements ExpectedError {
  override readonly name = "RouteNotFoundError";
  readonly code = "route-not-found";

  constructor(method: string, path: string, options?: ErrorOptions) {
    super(`No operation answers ${method} ${path}.`, options);
  }
}

/** The path exists, for other methods. */
export class MethodNotAllowedError extends Error implements ExpectedError {
  override readonly name = "MethodNotAllowedError";
  readonly code = "method-not-allowed";
  readonly allowed: readonly string[];

  constructor(method: string, path: string, allowed: readonly string[], options?: ErrorOptions) {
    super(`${path} answers ${allowed.join(", ")}, not ${method}.`, options);
    this.allowed = allowed;
  }
}

/** The key of a repeatable request was used for another request. */
export class IdempotencyKeyReusedError extends Error implements ExpectedError {
  override readonly name = "IdempotencyKeyReusedError";
  readonly code = "idempotency-key-reused";

  constructor(options?: ErrorOptions) {
    super("Take a new Idempotency-Key for another request.", options);
  }
}

/** The first request with this key has not been answered yet. */
export class RequestInFlightError extends Error implements ExpectedError {
  override readonly name = "RequestInFlightError";
  readonly code = "request-in-flight";

  constructor(options?: ErrorOptions) {
    super("The same request is being carried out; repeat it in a moment to get its answer.", options);
  }
}

/** The item has another version than the caller knows. */
export class VersionConflictError extends Error implements ExpectedError {
  override readonly name = "VersionConflictError";
  readonly code = "version-conflict";

  constructor(options?: ErrorOptions) {
    super("Read it again, and decide what to keep.", options);
  }
}

/** The request needs `If-Match`: its effect depends on the exact version that the caller has read (RFC 6585, section 3). */
export class VersionRequiredError extends Error implements ExpectedError {
  override readonly name = "VersionRequiredError";
  readonly code = "version-required";

  constructor(options?: ErrorOptions) {
    super("Send If-Match with the version that you have read.", options);
  }
}

/** The request body exceeds the limit. */
export class BodyTooLargeError extends Error implements ExpectedError {
  override readonly name = "BodyTooLargeError";
  readonly code = "body-too-large";

  /** @param limit in bytes */
  constructor(limit: number, options?: ErrorOptions) {
    super(`A request body holds at most ${limit} bytes.`, options);
  }
}

/** The request body is not the JSON that the operation takes. */
export class MediaTypeUnsupportedError extends Error implements ExpectedError {
  override readonly name = "MediaTypeUnsupportedError";
  readonly code = "media-type-unsupported";

  constructor(accepted: readonly string[], options?: ErrorOptions) {
    super(`Send ${accepted.join(" or ")}.`, options);
  }
}

/** A limit that protects accounts, or everyone, is reached. */
export class TooManyRequestsError extends Error implements ExpectedError {
  override readonly name = "TooManyRequestsError";
  readonly code = "too-many-requests";
  readonly retryAfterSeconds: number;

  /** @param waitSeconds until the next attempt can succeed */
  constructor({
    waitSeconds = tooManyRequestsSeconds,
    ...options
  }: ErrorOptions & { readonly waitSeconds?: number } = {}) {
    super(`Too many attempts. Try again in ${duration(waitSeconds)}.`, options);
    this.retryAfterSeconds = waitSeconds;
  }
}

/** 45 is "45 seconds", 90 is "2 minutes". */
function duration(seconds: number): string {
  const [count, unit] = seconds < 60 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** A service that we depend on is busy or does not answer, and repeating did not help. */
export class TemporarilyUnavailableError extends Error implements ExpectedError {
  override readonly name = "TemporarilyUnavailableError";
  readonly code = "temporarily-unavailable";

  constructor(options?: ErrorOptions) {
    super("Nothing is lost; the same request will work in a moment.", options);
  }
}
