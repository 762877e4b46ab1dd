import { isDeepStrictEqual } from "node:util";
import { assertExpected, type ConditionalContext, type RepeatableContext, type UserContext } from "../call-context.ts";
import { withDefaults } from "../contract/merge-patch.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { firstVersion } from "../db/entity.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import { countCall } from "../db/rate-limit.ts";
import { newPostId, type PostId, type UserId } from "../ids.ts";
import { Problem } from "../problem.ts";
import * as users from "../user/user.service.ts";

import { draftRate, draftSaveRate } from "./post.limits.ts";
import { mediaOf } from "./post.media.ts";
import type { PostRecord, WholePostRecord } from "./post.repository.ts";
import * as repository from "./post.repository.ts";
import { type PostCreate, PostDefaults, type PostUpdate, postDefaults } from "./post.ts";

/**
 * Returns a page of the actor's posts in every state, newest first. @throws validation-failed for a cursor of another
 * collection
 */
export async function list({ actor }: UserContext, query: PageQuery): Promise<Page<PostRecord>> {
  return repository.listOwn(actor.userId, query);
}

/** Returns the draft of a post of the actor. @throws post-not-found also for posts of other users */
export async function get({ actor }: UserContext, postId: PostId): Promise<WholePostRecord> {
  const post = await repository.findWhole(actor.userId, postId);
  if (!post) throw new Problem("post-not-found");
  return post;
}

/** Creates a draft. @throws user-not-found, too-many-requests, idempotency-key-reused, request-in-flight */
export async function create(ctx: RepeatableContext, input: PostCreate): Promise<WholePostRecord> {
  const { actor, clock, request } = ctx;
  await users.get(ctx);
  await countCall(actor.userId, "draft", draftRate, clock);
  const now = clock.now().toISOString();
  const content = PostDefaults.parse(input);
  const post: WholePostRecord = {
    ...content,
    id: newPostId(clock),
    authorId: actor.userId,
    state: "draft",
    scheduledFor: null,
    scheduleProblem: null,
    publishedAt: null,
    handle: null,
    published: null,
    formerSlugs: [],
    mediaIds: mediaOf(content),
    bodyVersion: 1,
    ...firstVersion(now),
  };
  return repository.create(post, request);
}

/**
 * Updates the draft. An update without changes keeps the version. The published post changes only when the draft is
 * published again.
 *
 * @throws post-not-found, version-conflict, too-many-requests
 */
export async function update(ctx: ConditionalContext, postId: PostId, patch: PostUpdate): Promise<WholePostRecord> {
  const changes = withDefaults(patch, postDefaults);
  const counting = countCall(ctx.actor.userId, "draft-save", draftSaveRate, ctx.clock);
  return retryOptimistically(async () => {
    const [before] = await Promise.all([get(ctx, postId), counting]);
    assertExpected(ctx, before);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const changed: WholePostRecord = { ...before, ...given };
    if (isDeepStrictEqual(before, changed)) return before;
    const version = before.version + 1;
    const bodyVersion = changed.body === before.body ? before.bodyVersion : version;
    const after = {
      ...changed,
      mediaIds: mediaOf(changed),
      bodyVersion,
      updatedAt: ctx.clock.now().toISOString(),
      version,
    };
    await repository.save(before, after);
    return after;
  });
}

/**
 * Deletes a post and its published post in one transaction; a subscriber removes its media and comments.
 *
 * @throws post-not-found, version-conflict
 */
export async function remove(ctx: ConditionalContext, postId: PostId): Promise<void> {
  await retryOptimistically(async () => {
    const post = await repository.find(ctx.actor.userId, postId);
    if (!post) throw new Problem("post-not-found");
    assertExpected(ctx, post);
    await repository.remove(post);
  });
}

const pageSize = 25;

/**
 * Deletes all posts of a user, and their published posts. Idempotent: a second run continues with the remaining posts.
 *
 * @param hasTime checked after each page of posts
 * @returns whether all posts are deleted
 */
export async function removeOwned(authorId: UserId, hasTime: () => boolean): Promise<boolean> {
  for (;;) {
    const { items } = await repository.listOwn(authorId, { limit: pageSize });
    // Sequentially, because transactions on the same lists conflict.
    for (const { id } of items) {
      await retryOptimistically(async () => {
        const post = await repository.find(authorId, id);
        if (post) await repository.remove(post);
      });
    }
    if (items.length < pageSize) return true;
    if (!hasTime()) return false;
  }
}
