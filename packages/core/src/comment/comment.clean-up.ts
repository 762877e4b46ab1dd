import type { CallContext } from "../call-context.ts";
import { deletePartition } from "../db/delete-partition.ts";
import { commentPartition } from "../db/keys.blog.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import { inParallel } from "../db/parallel.ts";
import type { CommentId, PostId, UserId } from "../ids.ts";
import { unblock } from "./comment.blocked.repository.ts";
import type { Writer } from "./comment.item.repository.ts";
import { tracesOf, tracesPerPage } from "./comment.lists.repository.ts";
import * as repository from "./comment.repository.ts";
import { withdraw } from "./comment.service.ts";

const atOnce = 8;

/** Removes all comments of a deleted post. @returns whether all of them are removed */
export const removeAll = (postId: PostId, hasTime: () => boolean): Promise<boolean> =>
  deletePartition(commentPartition(postId), hasTime);

/**
 * Removes the comments of a deleted user, and the records that authors have blocked them. Idempotent.
 *
 * @param hasTime called after each page; return false to stop
 * @returns true when everything is removed; false when the time is up, after which another call continues
 */
export async function forgetWriter(ctx: CallContext, userId: UserId, hasTime: () => boolean): Promise<boolean> {
  for await (const traces of tracesOf(userId)) {
    await inParallel(traces, atOnce, async (trace) => {
      if (trace.entity === "blocked-reader") return unblock(trace.authorId, trace.readerId);
      return retryOptimistically(async () => {
        const comment = await repository.find(trace.postId, trace.id);
        if (comment?.writer?.id === userId) await withdraw(ctx, comment);
      });
    });
    if (!hasTime()) return false;
  }
  return true;
}

/**
 * Updates the denormalized copies of a writer in their comments. Idempotent.
 *
 * @param after the last comment of the previous call
 * @returns the last processed comment if the time is up, otherwise undefined
 */
export async function signComments(
  writer: Writer,
  hasTime: () => boolean,
  after?: CommentId,
): Promise<CommentId | undefined> {
  for await (const traces of tracesOf(writer.id, after)) {
    const comments = traces.filter((trace) => trace.entity === "comment");
    await inParallel(comments, atOnce, ({ postId, id }) => repository.sign(postId, id, writer));
    const last = comments.at(-1);
    if (last && comments.length === tracesPerPage && !hasTime()) return last.id;
  }
  return undefined;
}
