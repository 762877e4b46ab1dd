/** What a post's page says of its comments by itself; `comments.interactive.ts` has the text for taking part. */
export const commentsWords = {
  title: "Comments",
  none: "No comments yet.",
  by: (name: string) => `Comment by ${name}`,
  author: "Author",
  removed: "This comment was removed.",
  edited: "edited",
  repliesTo: (name: string) => `Replies to ${name}`,
  aRemovedComment: "a comment that was removed",
  signIn: "Sign in to comment",
  closed: "Comments are closed.",
} as const;
