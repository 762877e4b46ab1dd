import * as publishing from "@daybook/core/post/post.publishing";
import { publishingOperations } from "@daybook/core/post/publishing.api";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentPost } from "./present/post.ts";
import { renderPost } from "./render-post.ts";

export const publishPost = handle(
  publishingOperations.publishPost,
  async ({ actor, params, body, clock, expectedVersions }) => ({
    body: presentPost(await publishing.publish(actor, params.postId, body, { clock, renderPost }, expectedVersions)),
  }),
);
