import type { ExpectedError } from "../errors.ts";

/** The upload does not exist, or not for the actor. */
export class MediaNotFoundError extends Error implements ExpectedError {
  override readonly name = "MediaNotFoundError";
  readonly code = "media-not-found";

  constructor(options?: ErrorOptions) {
    super("You have no upload with this id.", options);
  }
}
