import * as months from "@daybook/core/published/months.repository";
import * as posts from "@daybook/core/published/published-post.service";
import { readingOperations } from "@daybook/core/published/reading.api";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentEntry, presentMonth, presentPublished } from "./present/post.ts";
import { presentPage } from "./present/present.ts";

export const listPosts = handle(readingOperations.listPosts, async ({ query }) =>
  presentPage(await posts.list(query), presentEntry),
);

export const listMonths = handle(readingOperations.listMonths, async ({ query }) =>
  presentPage(await months.listMonths(query), presentMonth),
);

export const getPost = handle(readingOperations.getPost, async ({ params }) => ({
  body: presentPublished(await posts.get(params.postId)),
}));

export const getPostBySlug = handle(readingOperations.getPostBySlug, async ({ params }) => ({
  body: presentPublished(await posts.getAt(params.handle, params.slug)),
}));
