import type { ExpectedError } from "../errors.ts";

/** The post has no such comment, or not for whoever asks. */
export class CommentNotFoundError extends Error implements ExpectedError {
  override readonly name = "CommentNotFoundError";
  readonly code = "comment-not-found";

  constructor(options?: ErrorOptions) {
    super("The post has no comment with this id.", options);
  }
}

/** The author takes no new comments on the post. */
export class CommentsClosedError extends Error implements ExpectedError {
  override readonly name = "CommentsClosedError";
  readonly code = "comments-closed";

  constructor(options?: ErrorOptions) {
    super("The author takes no new comments on this post.", options);
  }
}

/** The author of the post has blocked the actor. */
export class CommenterBlockedError extends Error implements ExpectedError {
  override readonly name = "CommenterBlockedError";
  readonly code = "commenter-blocked";

  constructor(options?: ErrorOptions) {
    super("The author of this post takes no comments from you.", options);
  }
}
