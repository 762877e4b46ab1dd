import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { newCommentId, type PostId } from "../ids.ts";
import * as publishing from "../post/post.publishing.ts";
import * as posts from "../post/post.service.ts";
import { newAuthor, newPublished } from "../post/test-posts.ts";
import * as reading from "../published/published-post.service.ts";
import { testClock } from "../test-clock.ts";
import type { TestContext } from "../test-context.ts";
import { recount } from "./comment.counts.ts";
import type { CommentRecord } from "./comment.item.repository.ts";
import * as repository from "./comment.repository.ts";
import { decide } from "./comment.review.ts";
import * as comments from "./comment.service.ts";

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

const clock = testClock();
let minute = 0;

/** Adds a visible comment in a separate minute, so that the rate limit does not apply. */
async function add(author: TestContext, postId: PostId): Promise<CommentRecord> {
  minute += 1;
  clock.set(new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString());
  return comments.create(author, postId, { body: "Well" });
}

const countOf = async (postId: PostId) => (await reading.get(postId)).commentCount;

describe("a post's comment count", () => {
  it("is the number of visible comments", async () => {
    const author = await newAuthor(clock);
    const { id: postId } = await newPublished(author);
    const [first, second] = [await add(author, postId), await add(author, postId)];
    expect(await recount(postId)).toBe("counted");
    expect(await countOf(postId)).toBe(2);
    const path = { postId, commentId: first.id };
    await decide(author, path, { decision: "hide" });
    await comments.remove(author, { postId, commentId: second.id });
    await recount(postId);
    expect(await countOf(postId)).toBe(0);
  });

  it("does not change the version of the published post and is kept when it is republished", async () => {
    const author = await newAuthor(clock);
    const { id: postId } = await newPublished(author);
    await add(author, postId);
    const before = await reading.get(postId);
    await recount(postId);
    expect(await reading.get(postId)).toEqual({ ...before, commentCount: 1 });
    await posts.update(author, postId, { title: "Our garden", slug: null });
    await publishing.publish(author, postId, {});
    expect(await reading.get(postId)).toMatchObject({ title: "Our garden", commentCount: 1 });
    expect(await recount(postId)).toBe("counted");
    expect(await countOf(postId)).toBe(1);
  });

  it("is not stored when the post is unpublished", async () => {
    const author = await newAuthor(clock);
    const { id: postId } = await newPublished(author);
    await publishing.unpublish(author, postId);
    expect(await recount(postId)).toBe("hidden");
  });

  // comment.counts.model.test.ts tests the order of accesses with a model. This tests the writes themselves.
  it("is correct after concurrent changes and repeated, out-of-order events", async () => {
    const author = await newAuthor(clock);
    const step = fc.constantFrom("add", "hide", "show", "remove", "tell");
    const rounds = fc.array(fc.array(step, { minLength: 2, maxLength: 4 }), { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(rounds, async (plan) => {
        const { id: postId } = await newPublished(author);
        const known = [await add(author, postId), await add(author, postId)];
        const act = async (what: string, place: number) => {
          const comment = known[place % known.length];
          const path = { postId, commentId: comment?.id ?? newCommentId(clock) };
          if (what === "add") known.push(await add(author, postId));
          else if (what === "remove") await ignoring(comments.remove(author, path));
          else if (what === "hide") await ignoring(decide(author, path, { decision: "hide" }));
          else if (what === "show") await ignoring(show(author, path));
          // Deliver the event twice and concurrently.
          await Promise.all([recount(postId), recount(postId)]);
        };
        for (const round of plan) await Promise.all(round.map(act));
        const found = await Promise.all(known.map(({ id }) => repository.find(postId, id)));
        expect(await countOf(postId)).toBe(found.filter((each) => each?.state === "visible").length);
      }),
      { numRuns: 4 },
    );
  });
});

/** Approves a comment in its current version, which an author has to name. */
async function show(author: TestContext, path: comments.CommentPath): Promise<void> {
  const found = await repository.find(path.postId, path.commentId);
  await decide({ ...author, expected: found && [found.version] }, path, { decision: "approve" });
}

/** Ignores errors: a deleted comment cannot be changed. */
const ignoring = (change: Promise<unknown>) => change.catch(() => undefined);
