import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { PageQuery } from "../contract/page.ts";
import { PostId } from "../ids.ts";
import { Post, PostCreate, PostEntry, PostUpdate } from "./post.ts";

const collection = "/v1/posts";
const item = `${collection}/{postId}` as const;
const own = "/v1/me/posts";
const PostParams = z.strictObject({ postId: PostId });

export const postOperations = defineOperations({
  listMyPosts: {
    method: "GET",
    path: own,
    summary: "The signed-in author's own posts in every state, the newest first",
    access: "user",
    query: PageQuery,
    response: {
      status: 200,
      description: "A page of posts, without their bodies",
      body: z.array(PostEntry),
      paged: true,
    },
    cache: "private",
  },
  getMyPost: {
    method: "GET",
    path: `${own}/{postId}`,
    summary: "The working copy of an own post",
    access: "user",
    params: PostParams,
    response: { status: 200, description: "The post", body: Post },
    cache: "private",
    problems: ["post-not-found"],
  },
  createPost: {
    method: "POST",
    path: collection,
    summary: "Begin a post",
    access: "user",
    body: PostCreate,
    response: { status: 201, description: "The draft", body: Post },
    idempotent: true,
    cache: "private",
    problems: ["user-not-found"],
  },
  updatePost: {
    method: "PATCH",
    path: item,
    summary: "Change the working copy (JSON merge patch); with If-Match only the version that the caller knows",
    access: "user",
    params: PostParams,
    body: PostUpdate,
    response: { status: 200, description: "The changed post", body: Post },
    cache: "private",
    problems: ["post-not-found", "version-conflict"],
  },
  deletePost: {
    method: "DELETE",
    path: item,
    summary: "Delete a post with its pictures and comments; with If-Match only the version that the caller knows",
    access: "user",
    params: PostParams,
    response: { status: 204, description: "It is gone, for readers too" },
    cache: "private",
    problems: ["post-not-found", "version-conflict"],
  },
  unpublishPost: {
    method: "POST",
    path: `${item}/unpublish`,
    summary: "Take a post back from its readers, or from the schedule: it is a draft again",
    access: "user",
    params: PostParams,
    response: { status: 200, description: "The draft", body: Post },
    cache: "private",
    problems: ["post-not-found", "version-conflict"],
  },
});
