import * as z from "zod";
import { Handle } from "../author/author.ts";
import { defineOperations, type OperationSpec } from "../contract/operation.ts";
import { PageQuery } from "../contract/page.ts";
import { PostId } from "../ids.ts";
import { ArchiveMonth, Month, PostSummary, PublishedPost, Slug, Tag } from "./published-post.ts";

/**
 * Caching of public reads. The edge caches a response for a second, so that a burst of readers is one request. There is
 * no `staleSeconds`: with it, the edge could serve a post once more after its author unpublished it.
 */
const forReaders = { edgeSeconds: 1 };
const PostsQuery = z
  .strictObject({
    ...PageQuery.shape,
    author: Handle.optional(),
    tag: Tag.optional(),
    month: Month.optional(),
  })
  .refine(({ author, tag, month }) => [author, tag, month].filter((each) => each !== undefined).length <= 1, {
    message: "One of author, tag and month at a time",
  });

const onePost = {
  status: 200,
  description: "The post",
  body: PublishedPost,
  derived: ["commentCount", "author", "rendered"],
} satisfies OperationSpec["response"];

/** Separate from the operations of authors, so that the functions for readers have small bundles. */
export const readingOperations = defineOperations({
  listPosts: {
    method: "GET",
    path: "/v1/posts",
    summary: "List published posts, newest first. Filter by author, tag or month",
    access: "public",
    query: PostsQuery,
    response: { status: 200, description: "A page of posts", body: z.array(PostSummary), paged: true },
    cache: forReaders,
  },
  listMonths: {
    method: "GET",
    path: "/v1/months",
    summary: "List the months that have published posts, newest first",
    access: "public",
    query: PageQuery,
    response: { status: 200, description: "A page of months", body: z.array(ArchiveMonth), paged: true },
    cache: forReaders,
  },
  getPost: {
    method: "GET",
    path: "/v1/posts/{postId}",
    summary: "Get a published post",
    access: "public",
    params: z.strictObject({ postId: PostId }),
    response: onePost,
    cache: forReaders,
    problems: ["post-not-found"],
  },
  getPostBySlug: {
    method: "GET",
    path: "/v1/authors/{handle}/posts/{slug}",
    summary: "Get a published post by its address. Former addresses also work",
    access: "public",
    params: z.strictObject({ handle: Handle, slug: Slug }),
    response: onePost,
    cache: forReaders,
    problems: ["post-not-found"],
  },
});
