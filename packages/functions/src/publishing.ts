import * as publishing from "@daybook/core/post/post.publishing";
import { publishingOperations } from "@daybook/core/post/publishing.api";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentPost } from "./present/post.ts";
import { renderPage } from "./render-page.ts";

export const publishPost = handle(
  publishingOperations.publishPost,
  async ({ actor, params, body, clock, expectedVersions }) => ({
    body: presentPost(await publishing.publish(actor, params.postId, body, { clock, renderPage }, expectedVersions)),
  }),
);
