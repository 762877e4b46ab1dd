import {
  type Actor,
  assertExpected,
  type CallContext,
  type ConditionalContext,
  type RepeatableContext,
} from "../call-context.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { firstVersion } from "../db/entity.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import { countCall } from "../db/rate-limit.ts";
import { type CommentId, newCommentId, type PostId, type UserId } from "../ids.ts";
import { Problem } from "../problem.ts";

import { findReference, type PublishedPostReference } from "../published/published-post.service.ts";
import * as users from "../user/user.service.ts";
import * as blocked from "./comment.blocked.repository.ts";

import type { CommentRecord, Writer } from "./comment.item.repository.ts";
import { commentEditRate } from "./comment.limits.ts";
import * as lists from "./comment.lists.repository.ts";
import * as repository from "./comment.repository.ts";
import type { CommentCreate, CommentUpdate } from "./comment.ts";

/** Identifies a comment. */
export interface CommentPath {
  readonly postId: PostId;
  readonly commentId: CommentId;
}

/**
 * Returns a page of a post's comments as readers see them, oldest first. One round trip.
 *
 * @throws post-not-found, validation-failed
 */
export async function list(postId: PostId, query: PageQuery): Promise<Page<CommentRecord>> {
  const [post, page] = await Promise.all([findReference(postId), lists.listInPlace(postId, query)]);
  if (!post) throw new Problem("post-not-found");
  return page;
}

/**
 * Comments on a post, or replies to one of its comments. Two round trips.
 *
 * @throws post-not-found, comments-closed, name-required
 * @throws comment-not-found when the parent is not visible, validation-failed when the parent is a reply
 * @throws commenter-blocked, too-many-requests, idempotency-key-reused, request-in-flight
 */
export async function create(
  { actor, clock, request }: RepeatableContext,
  postId: PostId,
  { body, parentId }: CommentCreate,
): Promise<CommentRecord> {
  const [post, user, parent] = await Promise.all([
    findReference(postId),
    users.find(actor.userId),
    parentId ? repository.find(postId, parentId) : undefined,
  ]);
  if (!post) throw new Problem("post-not-found");
  if (post.comments === "closed") throw new Problem("comments-closed");
  if (!user || user.name === null) throw new Problem("name-required");
  if (parentId) assertTakesReplies(parent);
  // Only writers with a handle get an avatar, because a later change of the profile updates only the comments of
  // authors.
  const writer: Writer = {
    id: user.id,
    name: user.name,
    handle: user.handle,
    avatar: user.handle === null ? null : user.avatar,
  };
  const now = clock.now().toISOString();
  const comment: CommentRecord = {
    id: newCommentId(clock),
    postId,
    postAuthorId: post.authorId,
    parentId: parentId ?? null,
    state: stateFor(actor, post.authorId, post),
    writer,
    body,
    replies: 0,
    editedAt: null,
    ...firstVersion(now),
  };
  return repository.create(comment, writer, clock, request);
}

function assertTakesReplies(parent: CommentRecord | undefined): void {
  if (parent?.state !== "visible") throw new Problem("comment-not-found");
  if (parent.parentId === null) return;
  throw new Problem("validation-failed", {
    errors: [{ pointer: "/parentId", detail: "A reply has no replies of its own" }],
  });
}

/**
 * Returns the state of new text. It is visible immediately if the post is published with open comments, or if the
 * writer is the post's author. Otherwise, it is pending until the author reviews it.
 */
const stateFor = ({ userId }: Actor, postAuthorId: UserId, post: PublishedPostReference | undefined) =>
  post?.comments === "open" || userId === postAuthorId ? "visible" : "pending";

/**
 * Updates the actor's own comment. An empty patch does not change the comment or its version. A visible comment becomes
 * pending if the post is moderated, closed for comments or unpublished, because an approval covers only the approved
 * text. The edit is still accepted, so that writers can always correct or withdraw their own words.
 *
 * @throws comment-not-found, commenter-blocked, version-conflict, too-many-requests
 */
export async function update(
  ctx: ConditionalContext,
  path: CommentPath,
  { body }: CommentUpdate,
): Promise<CommentRecord> {
  const { actor, clock } = ctx;
  const counting = countCall(actor.userId, "comment-edit", commentEditRate, clock);
  return retryOptimistically(async () => {
    const [comment, post] = await Promise.all([find(path), findReference(path.postId), counting]);
    if (comment.writer?.id !== actor.userId) throw new Problem("comment-not-found");
    assertExpected(ctx, comment);
    if (body === undefined || body === comment.body) return comment;
    if (await blocked.isBlocked(comment.postAuthorId, actor.userId)) throw new Problem("commenter-blocked");
    const now = clock.now().toISOString();
    const state = comment.state === "visible" ? stateFor(actor, comment.postAuthorId, post) : comment.state;
    return repository.change(comment, { state, body, editedAt: now }, now);
  });
}

/**
 * Deletes the actor's own comment, or a comment on one of the actor's posts.
 *
 * @throws comment-not-found, version-conflict
 */
export async function remove(ctx: ConditionalContext, path: CommentPath): Promise<void> {
  const { userId } = ctx.actor;
  await retryOptimistically(async () => {
    const comment = await find(path);
    if (comment.writer?.id !== userId && comment.postAuthorId !== userId) throw new Problem("comment-not-found");
    assertExpected(ctx, comment);
    await withdraw(ctx, comment);
  });
}

/**
 * Deletes a comment that was read before, and its parent if that was kept only for this reply.
 *
 * @throws OptimisticLockError
 */
export async function withdraw({ clock }: CallContext, comment: CommentRecord): Promise<void> {
  await repository.withdraw(comment, clock.now().toISOString());
  const { postId, parentId } = comment;
  if (parentId) await retryOptimistically(() => repository.settle(postId, parentId));
}

/** Returns a comment unless it is deleted. @throws comment-not-found */
async function find({ postId, commentId }: CommentPath): Promise<CommentRecord & Present> {
  const comment = await repository.find(postId, commentId);
  if (!comment || comment.state === "deleted") throw new Problem("comment-not-found");
  return { ...comment, state: comment.state };
}

interface Present {
  readonly state: Exclude<CommentRecord["state"], "deleted">;
}
