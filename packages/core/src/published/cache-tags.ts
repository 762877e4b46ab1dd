/*
 * What a page of the site was made of, as tags of its copy in the cache: the pages say them, and who knows of a change drops them. They
 * are plain texts, so that the web app needs no schema for them.
 */

/** Every list of posts that is not of one author, tag or month: home, archive, feeds and sitemap. */
export const postsTag = "posts";
/** A post, wherever it is shown whole. */
export const postTag = (postId: string) => `post:${postId}`;
/** What is at an address, also when that is nothing yet, or only leads elsewhere. */
export const addressTag = (handle: string, slug: string) => `page:${handle}/${slug}`;
/** An author and the list of their posts. */
export const authorTag = (handle: string) => `author:${handle}`;
export const tagTag = (tag: string) => `tag:${tag}`;
export const monthTag = (month: string) => `month:${month}`;
export const commentsTag = (postId: string) => `comments:${postId}`;

/** So many tags may one request drop. */
export const tagsPerRequest = 100;

const tagForm = /^(?:posts|(?:post|page|author|tag|month|comments):[\p{L}\p{N}_/-]{1,120})$/u;

/** Whether a text has the form of one of these tags. */
export const isCacheTag = (text: unknown): text is string => typeof text === "string" && tagForm.test(text);
