import type { Handle } from "@daybook/core/author/author";
import { createClient } from "@daybook/core/client";
import type { Comment } from "@daybook/core/comment/comment";
import { originSecretHeader } from "@daybook/core/contract/edge";
import { ProblemError } from "@daybook/core/contract/failures";
import type { PostId } from "@daybook/core/ids";
import { renderArticle } from "@daybook/core/markdown/render";
import type { RenderedArticle } from "@daybook/core/markdown/rendered";
import {
  addressTag,
  authorTag,
  commentsTag,
  monthTag,
  postsTag,
  postTag,
  tagTag,
} from "@daybook/core/published/cache-tags";
import type { ArchiveMonth, PublishedPost, Slug } from "@daybook/core/published/published-post";
import { routes } from "../../lib/routes.ts";
import type { Scope } from "./scope.ts";

const perPage = 100;

/**
 * A client for the API that bypasses the edge, whose copies can be older than the event that triggered a render. The
 * cache tags are attached to the rendered page, so that an event can invalidate it. The API responses themselves are
 * not cached.
 */
const apiWith = (...tags: readonly string[]) =>
  createClient(routes, {
    baseUrl: process.env.DAYBOOK_API_URL ?? "",
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      const secret = process.env.DAYBOOK_ORIGIN_SECRET;
      // The local development server reads through the edge, which adds the secret itself.
      if (secret) headers.set(originSecretHeader, secret);
      return fetch(url, { ...init, headers, next: { tags: [...tags] } });
    },
  });

/**
 * Returns the result of a call, or undefined on a 404. Other errors are thrown, so that a page rendered before stays
 * cached.
 */
async function orNothing<Data>(call: Promise<{ readonly data: Data }>): Promise<Data | undefined> {
  try {
    return (await call).data;
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status === 404) return undefined;
    throw failure;
  }
}

/** Finds a post by its URL. The `slug` of the result differs if the post has moved. */
export const findPost = (handle: Handle, slug: Slug) =>
  orNothing(apiWith(addressTag(handle, slug)).getPostBySlug({ params: { handle, slug } }));

export const findAuthor = (handle: Handle) => orNothing(apiWith(authorTag(handle)).getAuthor({ params: { handle } }));

/** Finds a published post with its text. */
export const findPostById = (postId: PostId) => orNothing(apiWith(postTag(postId)).getPost({ params: { postId } }));

/** Returns the post's stored HTML. Renders it if an older renderer published the post. */
export const articleOf = async ({ rendered, body, page, pictures, cover }: PublishedPost): Promise<RenderedArticle> =>
  rendered ?? renderArticle(body, page, { pictures, eager: cover === null });

function tagOf({ author, tag, month }: Scope): string {
  if (author) return authorTag(author);
  if (tag) return tagTag(tag);
  return month ? monthTag(month) : postsTag;
}

/** Reads posts, newest first, and whether there are more. @param most the maximum number of posts to read */
export async function readPosts(scope: Scope, most: number) {
  const api = apiWith(tagOf(scope));
  const limit = Math.min(most, perPage);
  const { data, more } = await pages((cursor) => api.listPosts({ query: { ...scope, limit, cursor } }), most);
  return { posts: data, more };
}

/** Months that have posts, newest first. */
export async function readMonths(): Promise<readonly ArchiveMonth[]> {
  const api = apiWith(postsTag);
  return (await pages((cursor) => api.listMonths({ query: { limit: perPage, cursor } }), 1_200)).data;
}

/**
 * Returns the visible comments of a post, oldest first, at most as many as a page shows; none if the post does not
 * exist.
 */
export async function readComments(postId: PostId): Promise<readonly Comment[]> {
  const api = apiWith(commentsTag(postId));
  const list = (cursor?: string) => api.listComments({ params: { postId }, query: { limit: perPage, cursor } });
  return (await orNothing(pages(list, 500))) ?? [];
}

interface Page<Item> {
  readonly data: readonly Item[];
  readonly next: string | undefined;
}

/** Reads pages of a list until there are `most` items. */
async function pages<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>, most: number) {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.data);
    cursor = page.next;
  } while (cursor !== undefined && all.length < most);
  return { data: all.slice(0, most), more: cursor !== undefined || all.length > most };
}
