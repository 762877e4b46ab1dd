import { postOperations } from "@daybook/core/post/post.api";
import { unpublish } from "@daybook/core/post/post.publishing";
import * as posts from "@daybook/core/post/post.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { withUser } from "./identity.ts";
import { presentPost, presentPostEntry } from "./present/post.ts";
import { presentPage } from "./present/present.ts";

export const listMyPosts = handle(postOperations.listMyPosts, async ({ ctx, query }) =>
  presentPage(await posts.list(ctx, query), presentPostEntry),
);

export const getMyPost = handle(postOperations.getMyPost, async ({ ctx, params }) => ({
  body: presentPost(await posts.get(ctx, params.postId)),
}));

export const createPost = handle(
  postOperations.createPost,
  withUser(async ({ ctx, body }) => ({ body: presentPost(await posts.create(ctx, body)) })),
);

export const updatePost = handle(postOperations.updatePost, async ({ ctx, params, body }) => ({
  body: presentPost(await posts.update(ctx, params.postId, body)),
}));

export const deletePost = handle(postOperations.deletePost, ({ ctx, params }) => posts.remove(ctx, params.postId));

export const unpublishPost = handle(postOperations.unpublishPost, async ({ ctx, params }) => ({
  body: presentPost(await unpublish(ctx, params.postId)),
}));
