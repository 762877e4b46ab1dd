import { randomUUID } from "node:crypto";
import { sessionRate } from "@daybook/core/account/account.limits";
import type { OperationId } from "@daybook/core/api";
import { commentEditRate } from "@daybook/core/comment/comment.limits";
import { listRate } from "@daybook/core/list/list.limits";
import { draftRate, draftSaveRate, publicationRate } from "@daybook/core/post/post.limits";
import { profileRate } from "@daybook/core/user/user.limits";
import { describe, expect, inject, it } from "vitest";
import { newAuthor, newComment, publishedPost } from "../blog.ts";
import { type Answer, type Call, expectProblem, password, send } from "../fixtures.ts";

const cloud = inject("cloud");

type Author = Awaited<ReturnType<typeof newAuthor>>;

interface Limited {
  readonly id: OperationId;
  readonly rate: { readonly times: number; readonly seconds: number };
  /** Number of concurrent calls. Default 10. */
  readonly atOnce?: number;
  /** Returns a function that returns each call. */
  prepare(author: Author): Promise<() => Call> | (() => Call);
}

const postOf = async (author: Author) => ({
  postId: (await publishedPost(cloud, author)).id,
});

async function emptyCall(author: Author) {
  const params = await postOf(author);
  return () => ({ params, body: {} });
}

const limited: readonly Limited[] = [
  // Concurrent sign-ins would also count as attempts to guess the password.
  {
    id: "createSession",
    rate: sessionRate,
    atOnce: 1,
    prepare:
      ({ email }) =>
      () => ({ body: { email, password } }),
  },
  { id: "createList", rate: listRate, prepare: () => () => ({ body: { name: "Tea" } }) },
  { id: "createPost", rate: draftRate, prepare: () => () => ({ body: {} }) },
  { id: "updatePost", rate: draftSaveRate, prepare: emptyCall },
  { id: "publishPost", rate: publicationRate, prepare: emptyCall },
  { id: "updateMe", rate: profileRate, prepare: () => () => ({ body: { bio: randomUUID() } }) },
  {
    id: "updateComment",
    rate: commentEditRate,
    async prepare(author) {
      const params = await postOf(author);
      const { id } = await newComment(cloud, author, params.postId);
      return () => ({ params: { ...params, commentId: id }, body: {} });
    },
  },
];

describe.each(limited)("$id", ({ id, rate, atOnce = 10, prepare }) => {
  it("returns 429 with the seconds to wait above the limit of a user, and not to others", async () => {
    const [author, other] = [await newAuthor(cloud), await newAuthor(cloud)];
    const next = await prepare(author);
    const ask = () => send(cloud, id, { ...next(), token: author.token });
    const answers: Answer[] = [];
    // A new window may start during the loop, so that twice the limit passes.
    while (answers.length < 2 * rate.times + 20 && answers.at(-1)?.status !== 429)
      answers.push(...(await Promise.all(Array.from({ length: atOnce }, ask))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(rate.times - 2);
    for (const answer of refused) {
      expectProblem(answer, "too-many-requests");
      const seconds = Number(answer.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(rate.seconds);
    }
    const same = await prepare(other);
    expect((await send(cloud, id, { ...same(), token: other.token })).status).toBeLessThan(300);
  });
});
