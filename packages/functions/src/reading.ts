import { listMonths as months } from "@daybook/core/post/post.months.repository";
import * as posts from "@daybook/core/post/post.reading";
import { readingOperations } from "@daybook/core/post/reading.api";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentEntry, presentMonth, presentPublished } from "./present/post.ts";
import { presentPage } from "./present/present.ts";

export const listPosts = handle(readingOperations.listPosts, async ({ query }) =>
  presentPage(await posts.list(query), presentEntry),
);

export const listMonths = handle(readingOperations.listMonths, async ({ query }) =>
  presentPage(await months(query), presentMonth),
);

export const getPost = handle(readingOperations.getPost, async ({ params }) => ({
  body: presentPublished(await posts.get(params.postId)),
}));

export const getPostBySlug = handle(readingOperations.getPostBySlug, async ({ params }) => ({
  body: presentPublished(await posts.getAt(params.handle, params.slug)),
}));
