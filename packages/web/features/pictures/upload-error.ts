/**
 * A file that did not become a picture: it was refused, storage did not take it, or processing takes too long. The
 * message is shown to the user.
 */
export class UploadError extends Error {
  override readonly name = "UploadError";
}
