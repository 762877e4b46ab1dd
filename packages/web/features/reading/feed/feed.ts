import type { PostSummary } from "@daybook/core/published/published-post";
import { siteOrigin } from "../../../lib/site-origin.ts";
import { xml } from "../../../lib/xml.ts";
import { articleOf, findAuthor, findPostById, readPosts } from "../published-posts.ts";
import { listOf, type Scope } from "../scope.ts";
import { type FeedFormat, feedPath } from "./feed-paths.ts";

const mostEntries = 20;

/**
 * Returns a feed, or undefined if the author does not exist. All URLs are absolute and all times are in ISO 8601.
 * @throws errors from the API
 */
export async function readFeed(scope: Scope, format: FeedFormat) {
  const author = scope.author && (await findAuthor(scope.author));
  if (scope.author && !author) return undefined;
  const { posts } = await readPosts(scope, mostEntries);
  const { title, description, path } = listOf(scope, author?.name);
  return {
    title,
    description,
    /** The page that shows the same posts. */
    page: `${siteOrigin()}${path}`,
    self: `${siteOrigin()}${feedPath(format, scope)}`,
    /** When the feed last changed; undefined if it has no entries. */
    updatedAt: posts
      .map(({ revisedAt }) => revisedAt)
      .sort()
      .at(-1),
    entries: await Promise.all(posts.map(async (post) => ({ ...post, html: await textOrSummary(post) }))),
  };
}
export type Feed = NonNullable<Awaited<ReturnType<typeof readFeed>>>;

/**
 * Returns the text of a post, or its summary if the text cannot be loaded, so one failing post does not fail the whole
 * feed.
 */
const textOrSummary = (post: PostSummary): Promise<string> => textOf(post).catch(() => xml("p", post.excerpt));

/**
 * Texts that this instance has rendered. A post is in the feeds of the site, its author and its tags, in three formats
 * each, and a change of one post renders all of these feeds again.
 */
const texts = new Map<string, Promise<string>>();
const mostTexts = 200;

/** Returns the text of a post; empty if it has just been unpublished. @throws errors from the API */
function textOf({ id, revisedAt }: PostSummary): Promise<string> {
  const key = `${id} ${revisedAt}`;
  const known = texts.get(key);
  if (known) return known;
  const text = findPostById(id).then(async (post) => {
    // The post was revised after the list was read, so this text must not be cached under the listed revision.
    if (post?.revisedAt !== revisedAt) texts.delete(key);
    return post ? (await articleOf(post)).feedHtml : "";
  });
  text.catch(() => texts.delete(key));
  texts.set(key, text);
  const [oldest] = texts.keys();
  if (texts.size > mostTexts && oldest !== undefined) texts.delete(oldest);
  return text;
}
