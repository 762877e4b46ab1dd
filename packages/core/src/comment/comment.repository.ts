import type { Clock } from "../clock.ts";
import { nextVersion } from "../db/entity.ts";
import { add } from "../db/expression.ts";
import { type RepeatableRequest, writeOnce } from "../db/idempotency.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { rateLimitExceeded, rateLimitWrite } from "../db/rate-limit.ts";
import { isNew } from "../db/version.ts";
import { ConditionFailed, transact, type Write, type Writes, write, writeIf } from "../db/write.ts";
import type { CommentId, PostId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { notBlocked } from "./comment.blocked.repository.ts";
import {
  type CommentRecord,
  comments,
  forPostAuthor,
  isInPlace,
  ofWriter,
  rankOf,
  type Writer,
} from "./comment.item.repository.ts";
import { commentRate } from "./comment.limits.ts";

/** Returns a comment. One consistent round trip. */
export const find = (postId: PostId, id: CommentId): Promise<CommentRecord | undefined> => comments.get({ postId, id });

function putOf(comment: CommentRecord, writer: Writer): Write {
  const { gsi2pk, gsi2sk } = forPostAuthor({ ...comment, writer }, comment.state);
  return comments.put({ ...comment, writer }, isNew, {
    ...ofWriter(writer.id, comment.id),
    ...(gsi2pk !== null && { gsi2pk, gsi2sk }),
    ...(isInPlace(comment) && { rank: rankOf(comment) }),
  });
}

/**
 * Creates a comment, unless the post's author has blocked the writer. Counts it against the writer's rate limit and, if
 * it is a reply, in its parent's number of replies. One round trip.
 *
 * @returns the comment that the first request with the same key created
 * @throws too-many-requests, commenter-blocked; comment-not-found when the parent is not visible any more;
 * idempotency-key-reused, request-in-flight
 */
export async function create(
  comment: CommentRecord,
  writer: Writer,
  clock: Clock,
  request: RepeatableRequest | undefined,
): Promise<CommentRecord> {
  const { postId, postAuthorId, parentId } = comment;
  const writes: Writes = [
    putOf(comment, writer),
    rateLimitWrite(writer.id, "comment", commentRate, clock),
    notBlocked(postAuthorId, writer.id),
    ...(parentId === null ? [] : [oneMoreReply(postId, parentId)]),
  ];
  try {
    return await writeOnce(request, comment, writes);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    if (error.index === 1) throw rateLimitExceeded(commentRate, clock, { cause: error });
    throw new Problem(error.index === 2 ? "commenter-blocked" : "comment-not-found", { cause: error });
  }
}

/** Counts a reply. The condition fails unless the parent is visible and is not a reply itself. */
const oneMoreReply = (postId: PostId, id: CommentId): Write =>
  comments.update({ postId, id }, { replies: add(1) }, { state: "visible", parentId: { exists: false } });

/** Changes of a comment. Omitted members keep their values. */
export interface CommentChange {
  readonly state: Exclude<CommentRecord["state"], "deleted">;
  readonly body?: string;
  /** ISO 8601 */
  readonly editedAt?: string;
}

/**
 * The condition that the comment has not changed since it was read. The number of replies decides whether readers see
 * the comment in its place.
 */
const unchanged = ({ version, replies }: CommentRecord) => ({ version, replies });

/** Changes a comment that was read before. One round trip. `now` is an ISO 8601 time. @throws OptimisticLockError */
export async function change(comment: CommentRecord, changes: CommentChange, now: string): Promise<CommentRecord> {
  const { state } = changes;
  const indexKeys = {
    ...forPostAuthor(comment, state),
    rank: isInPlace({ state, replies: comment.replies }) ? rankOf(comment) : null,
  };
  return ifUnchanged(() =>
    comments.updateAndGet(comment, { ...changes, ...indexKeys, ...nextVersion(now) }, unchanged(comment)),
  );
}

/**
 * Deletes a comment that was read before. A comment with replies keeps its place, without writer and text. A deleted
 * reply is subtracted from its parent's number of replies. One round trip. `now` is an ISO 8601 time.
 *
 * @throws OptimisticLockError
 */
export async function withdraw(comment: CommentRecord, now: string): Promise<void> {
  if (comment.replies > 0) await ifUnchanged(() => write(blank(comment, now)));
  else if (comment.parentId === null) await removeAlone(comment);
  else await removeReply(comment, comment.parentId);
}

function blank(comment: CommentRecord, now: string): Write {
  const content = { state: "deleted" as const, body: "", writer: null, editedAt: null };
  const indexKeys = { gsi1pk: null, gsi1sk: null, gsi2pk: null, gsi2sk: null, rank: rankOf(comment) };
  return comments.update(comment, { ...content, ...indexKeys, ...nextVersion(now) }, unchanged(comment));
}

async function removeAlone(comment: CommentRecord): Promise<void> {
  await ifUnchanged(() => write(comments.delete(comment, unchanged(comment))));
}

async function removeReply(comment: CommentRecord, parentId: CommentId): Promise<void> {
  const parent = { postId: comment.postId, id: parentId };
  const oneLess = comments.update(parent, { replies: add(-1) }, { version: { exists: true } });
  try {
    await transact([comments.delete(comment, unchanged(comment)), oneLess]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    if (error.index === 0) throw new OptimisticLockError({ cause: error });
    await removeAlone(comment);
  }
}

/**
 * Updates a comment that has lost its last reply: removes it if it is deleted, or hides it if it is not visible. One or
 * two round trips.
 *
 * @throws OptimisticLockError
 */
export async function settle(postId: PostId, id: CommentId): Promise<void> {
  const comment = await find(postId, id);
  if (!comment || isInPlace(comment)) return;
  if (comment.state === "deleted") return removeAlone(comment);
  await ifUnchanged(() => write(comments.update(comment, { rank: null }, unchanged(comment))));
}

async function ifUnchanged<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof ConditionFailed ? new OptimisticLockError({ cause: error }) : error;
  }
}

/**
 * Updates the denormalized copy of the writer in their comment, without changing the version. Does nothing if the
 * comment was deleted. One round trip.
 */
export async function sign(postId: PostId, id: CommentId, writer: Writer): Promise<void> {
  await writeIf(comments.update({ postId, id }, { writer }, { "writer.id": writer.id }));
}
