import type { ExpectedError, InvalidMember } from "../errors.ts";

/** The post does not exist, or not for whoever asks. */
export class PostNotFoundError extends Error implements ExpectedError {
  override readonly name = "PostNotFoundError";
  readonly code = "post-not-found";

  constructor(options?: ErrorOptions) {
    super("There is no post with this id or address.", options);
  }
}

/** Another post of the author has, or had, the slug. */
export class SlugTakenError extends Error implements ExpectedError {
  override readonly name = "SlugTakenError";
  readonly code = "slug-taken";

  constructor(options?: ErrorOptions) {
    super("Choose another end for the address of this post.", options);
  }
}

/** The working copy cannot be shown to readers yet. */
export class PostIncompleteError extends Error implements ExpectedError {
  override readonly name = "PostIncompleteError";
  readonly code = "post-incomplete";
  readonly errors: readonly InvalidMember[];

  constructor(errors: readonly InvalidMember[], options?: ErrorOptions) {
    super(errors.map(({ detail }) => detail).join("; "), options);
    this.errors = errors;
  }
}
