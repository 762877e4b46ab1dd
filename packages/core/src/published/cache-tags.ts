import * as brand from "../brand.ts";

/*
 * Cache tags of the site's pages. A page names the data it was made of, and a change of that data invalidates the pages
 * with its tag. The tags are plain strings, so that the web app needs no schema for them.
 */

/** Tag of every list of posts that is not of one author, tag or month: home, archive, feeds and sitemap. */
export const postsTag = "posts";
/** Tag of pages that show a whole post. */
export const postTag = (postId: string) => `post:${postId}`;
/** Tag of the page at an address, which may also be a redirect or missing. */
export const addressTag = (handle: string, slug: string) => `page:${handle}/${slug}`;
/** Tag of an author's profile and list of posts. */
export const authorTag = (handle: string) => `author:${handle}`;
export const tagTag = (tag: string) => `tag:${tag}`;
export const monthTag = (month: string) => `month:${month}`;
export const commentsTag = (postId: string) => `comments:${postId}`;

/** Maximum number of tags in one invalidation request. */
export const tagsPerRequest = 100;

const tagForm = /^(?:posts|(?:post|page|author|tag|month|comments):[\p{L}\p{M}\p{N}_/.+#-]{1,120})$/u;

/** Returns whether a value has the form of one of these tags. */
export const isCacheTag = (text: unknown): text is string => typeof text === "string" && tagForm.test(text);

/**
 * Header with the secret of `/revalidate`. `Authorization` cannot be used, because CloudFront replaces it when it signs
 * requests to the site's server.
 */
export const revalidationSecretHeader = `x-${brand.id}-revalidation-secret`;
