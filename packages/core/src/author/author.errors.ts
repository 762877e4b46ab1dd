import type { ExpectedError } from "../errors.ts";

/** Another author has the handle. */
export class HandleTakenError extends Error implements ExpectedError {
  override readonly name = "HandleTakenError";
  readonly code = "handle-taken";

  constructor(options?: ErrorOptions) {
    super("Choose another handle.", options);
  }
}

/** Handles stay, so that addresses do. */
export class HandleChosenError extends Error implements ExpectedError {
  override readonly name = "HandleChosenError";
  readonly code = "handle-chosen";

  constructor(options?: ErrorOptions) {
    super("Links to your posts begin with your handle; it cannot be changed.", options);
  }
}

/** Posts have their address under the handle of their author. */
export class HandleRequiredError extends Error implements ExpectedError {
  override readonly name = "HandleRequiredError";
  readonly code = "handle-required";

  constructor(options?: ErrorOptions) {
    super("Posts are found under your handle: choose one in your profile.", options);
  }
}

/** What readers see needs somebody to have said it. */
export class NameRequiredError extends Error implements ExpectedError {
  override readonly name = "NameRequiredError";
  readonly code = "name-required";

  constructor(options?: ErrorOptions) {
    super("Readers see your name beside what you write: enter one in your profile.", options);
  }
}

/** Nobody has the handle. */
export class AuthorNotFoundError extends Error implements ExpectedError {
  override readonly name = "AuthorNotFoundError";
  readonly code = "author-not-found";

  constructor(options?: ErrorOptions) {
    super("Nobody has this handle.", options);
  }
}
