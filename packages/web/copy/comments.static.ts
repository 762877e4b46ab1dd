/** Texts of the comments on a post's page. `comments.interactive.ts` has those of forms and actions. */
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
