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
    summary: "List your posts in every state, newest first",
    access: "user",
    query: PageQuery,
    response: {
      status: 200,
      description: "A page of posts without bodies",
      body: z.array(PostEntry),
      paged: true,
    },
    cache: "private",
  },
  getMyPost: {
    method: "GET",
    path: `${own}/{postId}`,
    summary: "Get your draft of a post",
    access: "user",
    params: PostParams,
    response: { status: 200, description: "The post", body: Post },
    cache: "private",
    problems: ["post-not-found"],
  },
  createPost: {
    method: "POST",
    path: collection,
    summary: "Create a draft",
    access: "user",
    body: PostCreate,
    response: { status: 201, description: "The draft", body: Post },
    idempotent: true,
    cache: "private",
    problems: ["user-not-found", "too-many-requests"],
  },
  updatePost: {
    method: "PATCH",
    path: item,
    summary: "Update the draft with a JSON merge patch. Send If-Match to require a version",
    access: "user",
    params: PostParams,
    body: PostUpdate,
    response: { status: 200, description: "The updated post", body: Post },
    cache: "private",
    problems: ["post-not-found", "version-conflict", "too-many-requests"],
  },
  deletePost: {
    method: "DELETE",
    path: item,
    summary: "Delete a post, its pictures and its comments. Send If-Match to require a version",
    access: "user",
    params: PostParams,
    response: { status: 204, description: "Post deleted, for readers too" },
    cache: "private",
    problems: ["post-not-found", "version-conflict"],
  },
  unpublishPost: {
    method: "POST",
    path: `${item}/unpublish`,
    summary: "Unpublish a post, or cancel its schedule. It becomes a draft again",
    access: "user",
    params: PostParams,
    response: { status: 200, description: "The draft", body: Post },
    cache: "private",
    problems: ["post-not-found", "version-conflict"],
  },
});
