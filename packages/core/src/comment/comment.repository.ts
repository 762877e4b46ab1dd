import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { UpdateTransaction } from "dynamodb-toolbox/entity/actions/transactUpdate";
import { execute, isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { $add, $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import type { Clock } from "../clock.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { type RepeatableRequest, type Write, writeOnce } from "../db/idempotency.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { rateLimitWrite } from "../db/rate-limit.ts";
import { isNew } from "../db/version.ts";
import type { CommentId, PostId } from "../ids.ts";
import { Problem, tooManyRequests } from "../problem.ts";
import { notBlocked } from "./comment.blocked.repository.ts";

import {
  CommentItem,
  type CommentRecord,
  isInPlace,
  ofWriter,
  rankOf,
  toRecord,
  toReview,
  type Writer,
  writerAttribute,
} from "./comment.item.repository.ts";
import { commentRate } from "./comment.limits.ts";

const commonOf = ({ createdAt, updatedAt, version }: CommentRecord) => ({ createdAt, updatedAt, version });

/** Returns a comment. One consistent round trip. */
export async function find(postId: PostId, id: CommentId): Promise<CommentRecord | undefined> {
  const { Item } = await CommentItem.build(GetItemCommand).key({ postId, id }).options({ consistent: true }).send();
  return Item && toRecord(Item);
}

function putOf(comment: CommentRecord, writer: Writer) {
  const { id, postId, postAuthorId, parentId, state, body, replies } = comment;
  return CommentItem.build(PutTransaction)
    .item({
      ...{ id, postId, postAuthorId, state, body, replies, writer: writerAttribute(writer) },
      ...(parentId !== null && { parentId }),
      ...ofWriter(writer.id, id),
      ...(state === "pending" && toReview(postAuthorId, id)),
      ...(isInPlace(comment) && { rank: rankOf(comment) }),
      ...commonOf(comment),
    })
    .options({ condition: isNew });
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
  const steps: readonly { readonly write: Write; readonly failure?: (cause: unknown) => Error }[] = [
    // The id is new, so the existing item is this comment: an earlier attempt wrote it, and its response was lost.
    { write: putOf(comment, writer) },
    {
      write: rateLimitWrite(writer.id, "comment", commentRate, clock),
      failure: (cause) => tooManyRequests(undefined, { cause }),
    },
    { write: notBlocked(postAuthorId, writer.id), failure: (cause) => new Problem("commenter-blocked", { cause }) },
    ...(parentId === null
      ? []
      : [
          {
            write: oneMoreReply(postId, parentId),
            failure: (cause: unknown) => new Problem("comment-not-found", { cause }),
          },
        ]),
  ];
  const [first, ...others] = steps.map(({ write }) => write);
  if (!first) return comment;
  try {
    return await writeOnce(request, comment, [first, ...others]);
  } catch (error) {
    const reasons = isTransactionCancelled(error) ? (error.CancellationReasons ?? []).slice(-steps.length) : [];
    const failed = steps.find((_, index) => reasons[index]?.Code === "ConditionalCheckFailed");
    if (!failed) throw error;
    if (!failed.failure) return comment;
    throw failed.failure(error);
  }
}

/** Counts a reply. The condition fails unless the parent is visible and is not a reply itself. */
const oneMoreReply = (postId: PostId, id: CommentId) =>
  CommentItem.build(UpdateTransaction)
    .item({ postId, id, replies: $add(1) })
    .options({
      condition: {
        and: [
          { attr: "state", eq: "visible" },
          { attr: "parentId", exists: false },
        ],
      },
    });

/** Changes of a comment. Omitted members keep their values. */
export interface CommentChange {
  readonly state: Exclude<CommentRecord["state"], "deleted">;
  readonly body?: string;
  /** ISO 8601 */
  readonly editedAt?: string;
}

/** The condition that the comment has not changed since it was read. */
const unchanged = ({ version, replies }: CommentRecord) => ({
  and: [
    { attr: "version" as const, eq: version },
    // The number of replies decides whether readers see the comment in its place.
    { attr: "replies" as const, eq: replies },
  ],
});

/** Changes a comment that was read before. One round trip. `now` is an ISO 8601 time. @throws OptimisticLockError */
export async function change(comment: CommentRecord, changes: CommentChange, now: string): Promise<CommentRecord> {
  const { postId, id, postAuthorId, replies } = comment;
  const { state } = changes;
  const command = CommentItem.build(UpdateAttributesCommand)
    .item({
      ...{ postId, id },
      ...changes,
      ...(state === "pending" ? toReview(postAuthorId, id) : { gsi2pk: $remove(), gsi2sk: $remove() }),
      rank: isInPlace({ state, replies }) ? rankOf(comment) : $remove(),
      updatedAt: now,
      version: $add(1),
    })
    .options({ condition: unchanged(comment), returnValues: "ALL_NEW" });
  const { Attributes } = await ifUnchanged(() => command.send());
  if (!Attributes) throw new OptimisticLockError();
  return toRecord(Attributes);
}

/**
 * Deletes a comment that was read before. A comment with replies keeps its place, without writer and text. A deleted
 * reply is subtracted from its parent's number of replies. One round trip. `now` is an ISO 8601 time.
 *
 * @throws OptimisticLockError
 */
export async function withdraw(comment: CommentRecord, now: string): Promise<void> {
  if (comment.replies > 0) await ifUnchanged(() => blank(comment, now).send());
  else if (comment.parentId === null) await removeAlone(comment);
  else await removeReply(comment, comment.parentId);
}

function blank(comment: CommentRecord, now: string) {
  const { postId, id } = comment;
  return CommentItem.build(UpdateAttributesCommand)
    .item({
      ...{ postId, id, state: "deleted", body: "", writer: $remove(), editedAt: $remove() },
      ...{ gsi1pk: $remove(), gsi1sk: $remove(), gsi2pk: $remove(), gsi2sk: $remove() },
      rank: rankOf(comment),
      updatedAt: now,
      version: $add(1),
    })
    .options({ condition: unchanged(comment) });
}

async function removeAlone(comment: CommentRecord): Promise<void> {
  const { postId, id } = comment;
  const command = CommentItem.build(DeleteItemCommand)
    .key({ postId, id })
    .options({ condition: unchanged(comment) });
  await ifUnchanged(() => command.send());
}

async function removeReply(comment: CommentRecord, parentId: CommentId): Promise<void> {
  const { postId, id } = comment;
  const reply = CommentItem.build(DeleteTransaction)
    .key({ postId, id })
    .options({ condition: unchanged(comment) });
  const oneLess = CommentItem.build(UpdateTransaction)
    .item({ postId, id: parentId, replies: $add(-1) })
    .options({ condition: { attr: "version", exists: true } });
  try {
    await retryTransactionConflicts(() => execute(reply, oneLess));
  } catch (error) {
    const [changed, orphan] = (isTransactionCancelled(error) ? error.CancellationReasons : undefined) ?? [];
    if (changed?.Code === "ConditionalCheckFailed") throw new OptimisticLockError({ cause: error });
    if (orphan?.Code !== "ConditionalCheckFailed") throw error;
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
  const command = CommentItem.build(UpdateAttributesCommand)
    .item({ postId, id, rank: $remove() })
    .options({ condition: unchanged(comment) });
  await ifUnchanged(() => command.send());
}

async function ifUnchanged<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await retryTransactionConflicts(write);
  } catch (error) {
    throw isConditionCheckFailed(error) ? new OptimisticLockError({ cause: error }) : error;
  }
}

/**
 * Updates the denormalized copy of the writer in their comment, without changing the version. Does nothing if the
 * comment was deleted. One round trip.
 */
export async function sign(postId: PostId, id: CommentId, writer: Writer): Promise<void> {
  const command = CommentItem.build(UpdateAttributesCommand)
    .item({ postId, id, writer: writerAttribute(writer) })
    .options({ condition: { attr: "writer.id", eq: writer.id } });
  try {
    await retryTransactionConflicts(() => command.send());
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}
