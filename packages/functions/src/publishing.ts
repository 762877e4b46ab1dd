import * as publishing from "@daybook/core/post/post.publishing";
import { publishingOperations } from "@daybook/core/post/publishing.api";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentPost } from "./present/post.ts";
import { renderPost } from "./render-post.ts";

export const publishPost = handle(publishingOperations.publishPost, async ({ ctx, params, body }) => ({
  body: presentPost(await publishing.publish({ ...ctx, renderPost }, params.postId, body)),
}));
