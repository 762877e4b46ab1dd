import type { PostSummary } from "@daybook/core/published/published-post";
import { reading } from "../../../copy/reading.ts";
import { cardImage } from "../metadata.ts";
import { articleOf, findAuthor, findPostById, readPosts, type Scope } from "../published-posts.ts";
import { paths, siteOrigin } from "../site.ts";
import { type FeedFormat, type FeedScope, feedPath } from "./feed-paths.ts";
import { xml } from "./xml.ts";

/** A feed, independent of its format. All URLs are absolute and all times are in ISO 8601. */
export interface Feed {
  readonly title: string;
  readonly description: string;
  /** The URL of the page that shows the same posts. */
  readonly page: string;
  readonly self: Readonly<Record<FeedFormat, string>>;
  /** When the feed last changed; undefined if it has no entries. */
  readonly updatedAt: string | undefined;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** Does not change when the post's URL changes. */
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly summary: string;
  readonly html: string;
  readonly author: { readonly name: string; readonly page: string };
  readonly tags: readonly string[];
  readonly image: string | undefined;
  readonly publishedAt: string;
  readonly updatedAt: string;
}

const mostEntries = 20;

/** Returns a feed, or undefined if the author does not exist. @throws errors from the API */
export async function readFeed(place: FeedScope, scope: Scope): Promise<Feed | undefined> {
  const author = "author" in scope && scope.author ? await findAuthor(scope.author) : undefined;
  if ("author" in scope && !author) return undefined;
  const { posts } = await readPosts(scope, mostEntries);
  const entries = await Promise.all(posts.map(async (post) => ({ ...headOf(post), html: await textOrSummary(post) })));
  const origin = siteOrigin();
  const self = (format: FeedFormat) => `${origin}${feedPath(format, place)}`;
  return {
    ...titleOf(place, author?.name),
    page: `${origin}${pageOf(place)}`,
    self: { rss: self("rss"), atom: self("atom"), json: self("json") },
    updatedAt: entries
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1),
    entries,
  };
}

function titleOf({ tag }: FeedScope, author: string | undefined) {
  if (author !== undefined) return { title: author, description: reading.postsBy(author) };
  if (tag !== undefined) return { title: reading.tagged(tag), description: reading.tagged(tag) };
  return { title: reading.blogTitle, description: reading.blogDescription };
}

function pageOf({ handle, tag }: FeedScope): string {
  if (handle !== undefined) return paths.author(handle);
  return tag !== undefined ? paths.tag(tag) : paths.blog;
}

const headOf = (post: PostSummary) => ({
  id: post.url,
  page: post.page,
  title: post.title,
  summary: post.excerpt,
  author: post.author,
  tags: post.tags,
  image: post.cover ? cardImage(post.cover, post.coverAlt).url : undefined,
  publishedAt: post.publishedAt,
  updatedAt: post.revisedAt,
});

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
