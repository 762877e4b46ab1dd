/** URL state of the writing pages: the list of posts, the comments to review, or one post. */
export const postsHref = "/write";
export const commentsHref = "/write?view=comments";
/** @param name the id of the post, or the draft key */
export const postHref = (name: string): string => `/write?${new URLSearchParams({ post: name })}`;

const newPrefix = "new-";

/**
 * Returns a key for a draft that the API does not have yet, such as "new-5f0c…". It is also the idempotency key of the
 * request that creates the post.
 */
export const newDraftKey = (): string => newPrefix + crypto.randomUUID();

export const isNewDraftKey = (name: string): boolean => name.startsWith(newPrefix);
