import { commentEditRate } from "@daybook/core/comment/comment.limits";
import { draftRate, draftSaveRate, publicationRate } from "@daybook/core/post/post.limits";
import { inject } from "vitest";
import { becomeAuthor, newComment, publishedPost } from "../blog.ts";
import type { TestUser } from "../fixtures.ts";
import type { Limited } from "./limited.ts";

const cloud = inject("cloud");

async function postOf(user: TestUser) {
  await becomeAuthor(cloud, user);
  return { postId: (await publishedPost(cloud, user)).id };
}

async function emptyCall(user: TestUser) {
  const params = await postOf(user);
  return () => ({ params, body: {} });
}

/** The blog's operations with limits of writes. */
export const limitedInBlog: readonly Limited[] = [
  { id: "createPost", rate: draftRate, prepare: () => () => ({ body: {} }) },
  { id: "updatePost", rate: draftSaveRate, prepare: emptyCall },
  { id: "publishPost", rate: publicationRate, prepare: emptyCall },
  {
    id: "updateComment",
    rate: commentEditRate,
    async prepare(user) {
      const params = await postOf(user);
      const { id } = await newComment(cloud, user, params.postId);
      return () => ({ params: { ...params, commentId: id }, body: {} });
    },
  },
];
