/** Texts of the account page about the author and their readers. */
export const authorWords = {
  nameNeeded: "Enter a name, too. Readers see it next to your posts and comments.",
  handle: "Handle",
  handleHint: "Part of the address of your posts, such as /@maya. You can’t change it later.",
  handleStays: "Part of the address of your posts. It can’t be changed.",
  handleWrong: "Use 3 to 30 lowercase letters and digits, with single hyphens between them.",
  handleTaken: "This handle is taken. Choose another.",
  bio: "About you",
  bioHint: "A line or two for your readers.",
  bioWrong: (most: number) => `Use at most ${most} characters.`,
  notifications: {
    heading: "Email notifications",
    comments: "Email me new comments",
    commentsHint: "When readers comment on your posts, at most every 15 minutes.",
    on: "We’ll email you new comments.",
    off: "You won’t get emails about comments.",
    failed: (why: string) => `We couldn’t change your notifications. ${why}`,
  },
} as const;

/** What goes with an account besides the rest. */
export const authorThings = [
  "all your posts, published, scheduled and drafts, and the comments under them",
  "every comment you have written",
  "your handle and the text about you. No one else can take the handle later.",
  "your list of blocked readers",
] as const;
