import type { Author, Handle } from "@daybook/core/author/author";
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
import type {
  ArchiveMonth,
  Month,
  PostSummary,
  PublishedPost,
  Slug,
  Tag,
} from "@daybook/core/published/published-post";
import { routes } from "../../lib/routes.ts";

/** The posts that a list contains. */
export type Scope =
  | { readonly author: Handle }
  | { readonly tag: Tag }
  | { readonly month: Month }
  | Record<string, never>;

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
export const findPost = (handle: Handle, slug: Slug): Promise<PublishedPost | undefined> =>
  orNothing(apiWith(addressTag(handle, slug)).getPostBySlug({ params: { handle, slug } }));

export const findAuthor = (handle: Handle): Promise<Author | undefined> =>
  orNothing(apiWith(authorTag(handle)).getAuthor({ params: { handle } }));

/** Finds a published post with its text. */
export const findPostById = (postId: PostId): Promise<PublishedPost | undefined> =>
  orNothing(apiWith(postTag(postId)).getPost({ params: { postId } }));

/** Returns the post's stored HTML. Renders it if an older renderer published the post. */
export const articleOf = async ({ rendered, body, page, pictures, cover }: PublishedPost): Promise<RenderedArticle> =>
  rendered ?? renderArticle(body, page, { pictures, eager: cover === null });

function tagOf(scope: Scope): string {
  if ("author" in scope && scope.author) return authorTag(scope.author);
  if ("tag" in scope && scope.tag) return tagTag(scope.tag);
  return "month" in scope && scope.month ? monthTag(scope.month) : postsTag;
}

/** Posts, newest first, and whether there are more. */
export interface Posts {
  readonly posts: readonly PostSummary[];
  readonly more: boolean;
}

/** @param most the maximum number of posts to read */
export async function readPosts(scope: Scope, most: number): Promise<Posts> {
  const api = apiWith(tagOf(scope));
  const limit = Math.min(most, perPage);
  const found = await pages((cursor) => api.listPosts({ query: { ...scope, limit, ...cursor } }), most);
  return { posts: found.all, more: found.more };
}

/** Months that have posts, newest first. */
export async function readMonths(): Promise<readonly ArchiveMonth[]> {
  const api = apiWith(postsTag);
  return (await pages((cursor) => api.listMonths({ query: { limit: perPage, ...cursor } }), 1_200)).all;
}

/**
 * Returns the visible comments of a post, oldest first, at most as many as a page shows; none if the post does not
 * exist.
 */
export async function readComments(postId: PostId): Promise<readonly Comment[]> {
  const api = apiWith(commentsTag(postId));
  const list = (cursor: Cursor) => api.listComments({ params: { postId }, query: { limit: perPage, ...cursor } });
  const found = await orNothing(pages(list, 500).then((data) => ({ data })));
  return found?.all ?? [];
}

type Cursor = { readonly cursor?: string };

/** Reads pages of a list until there are `most` items. */
async function pages<Item>(
  read: (cursor: Cursor) => Promise<{ readonly data: readonly Item[]; readonly next: string | undefined }>,
  most: number,
): Promise<{ readonly all: readonly Item[]; readonly more: boolean }> {
  const all: Item[] = [];
  let next: string | undefined;
  do {
    const page = await read(next === undefined ? {} : { cursor: next });
    all.push(...page.data);
    next = page.next;
  } while (next !== undefined && all.length < most);
  return { all: all.slice(0, most), more: next !== undefined || all.length > most };
}
