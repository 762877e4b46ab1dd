import { postOperations } from "@daybook/core/post/post.api";
import { unpublish } from "@daybook/core/post/post.publishing";
import * as posts from "@daybook/core/post/post.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { emailSource } from "./identity.ts";
import { presentPost, presentPostEntry } from "./present/post.ts";
import { presentPage } from "./present/present.ts";

export const listMyPosts = handle(postOperations.listMyPosts, async ({ actor, query }) =>
  presentPage(await posts.list(actor, query), presentPostEntry),
);

export const getMyPost = handle(postOperations.getMyPost, async ({ actor, params }) => ({
  body: presentPost(await posts.get(actor, params.postId)),
}));

export const createPost = handle(postOperations.createPost, async ({ actor, body, clock, request }) => ({
  body: presentPost(await posts.create(actor, body, emailSource(actor), clock, request)),
}));

export const updatePost = handle(
  postOperations.updatePost,
  async ({ actor, params, body, clock, expectedVersions }) => ({
    body: presentPost(await posts.update(actor, params.postId, body, clock, expectedVersions)),
  }),
);

export const deletePost = handle(postOperations.deletePost, async ({ actor, params, expectedVersions }) => {
  await posts.remove(actor, params.postId, expectedVersions);
  return {};
});

export const unpublishPost = handle(
  postOperations.unpublishPost,
  async ({ actor, params, clock, expectedVersions }) => ({
    body: presentPost(await unpublish(actor, params.postId, clock, expectedVersions)),
  }),
);
