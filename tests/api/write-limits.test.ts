import type { OperationId } from "@daybook/core/api";
import { commentEditRate } from "@daybook/core/comment/comment.limits";
import { listRate } from "@daybook/core/list/list.limits";
import { draftRate, draftSaveRate, publicationRate } from "@daybook/core/post/post.limits";
import { profileRate } from "@daybook/core/user/user.limits";
import { describe, expect, inject, it } from "vitest";
import { newAuthor, newComment, publishedPost } from "../blog.ts";
import { type Answer, type Call, expectProblem, send } from "../fixtures.ts";

const cloud = inject("cloud");

interface Limited {
  readonly id: OperationId;
  readonly rate: { readonly times: number; readonly seconds: number };
  /** Returns the call to repeat. */
  call(author: Awaited<ReturnType<typeof newAuthor>>): Promise<Call> | Call;
}

const postOf = async (author: Awaited<ReturnType<typeof newAuthor>>) => ({
  postId: (await publishedPost(cloud, author)).id,
});

const limited: readonly Limited[] = [
  { id: "createList", rate: listRate, call: () => ({ body: { name: "Tea" } }) },
  { id: "createPost", rate: draftRate, call: () => ({ body: {} }) },
  { id: "updatePost", rate: draftSaveRate, call: async (author) => ({ params: await postOf(author), body: {} }) },
  { id: "publishPost", rate: publicationRate, call: async (author) => ({ params: await postOf(author), body: {} }) },
  { id: "updateMe", rate: profileRate, call: () => ({ body: {} }) },
  {
    id: "updateComment",
    rate: commentEditRate,
    async call(author) {
      const params = await postOf(author);
      const { id } = await newComment(cloud, author, params.postId);
      return { params: { ...params, commentId: id }, body: {} };
    },
  },
];

describe.each(limited)("$id", ({ id, rate, call }) => {
  it("returns 429 with the seconds to wait above the limit of a user, and not to others", async () => {
    const [author, other] = [await newAuthor(cloud), await newAuthor(cloud)];
    const request = await call(author);
    const ask = () => send(cloud, id, { ...request, token: author.token });
    const answers: Answer[] = [];
    // A new window may start during the loop, so that twice the limit passes.
    while (answers.length < 2 * rate.times + 20 && answers.at(-1)?.status !== 429)
      answers.push(...(await Promise.all(Array.from({ length: 10 }, ask))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(rate.times - 2);
    for (const answer of refused) {
      expectProblem(answer, "too-many-requests");
      const seconds = Number(answer.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(rate.seconds);
    }
    const same = await call(other);
    expect((await send(cloud, id, { ...same, token: other.token })).status).toBeLessThan(300);
  });
});
