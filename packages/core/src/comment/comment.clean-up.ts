import type { Clock } from "../clock.ts";
import { deletePartition } from "../db/delete-partition.ts";
import { commentPartition } from "../db/keys.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import { inParallel } from "../db/parallel.ts";
import type { CommentId, PostId, UserId } from "../ids.ts";
import { unblock } from "./comment.blocked.repository.ts";
import type { Writer } from "./comment.item.repository.ts";
import { tracesOf, tracesPerPage } from "./comment.lists.repository.ts";
import * as repository from "./comment.repository.ts";
import { withdraw } from "./comment.service.ts";

const atOnce = 8;

/** Removes all comments of a post that is gone. @returns whether all of them are gone */
export const removeAll = (postId: PostId, hasTime: () => boolean): Promise<boolean> =>
  deletePartition(commentPartition(postId), hasTime);

/**
 * Takes away all that somebody has written who is gone, and that others have blocked them; beginning again is harmless.
 *
 * @param hasTime asked after each page whether another may follow
 * @returns whether all is gone
 */
export async function forgetWriter(userId: UserId, clock: Clock, hasTime: () => boolean): Promise<boolean> {
  for await (const traces of tracesOf(userId)) {
    await inParallel(traces, atOnce, async (trace) => {
      if (trace.entity === "blocked-reader") return unblock(trace.authorId, trace.readerId);
      return retryOptimistically(async () => {
        const comment = await repository.find(trace.postId, trace.id);
        if (comment?.writer?.id === userId) await withdraw(comment, clock);
      });
    });
    if (!hasTime()) return false;
  }
  return true;
}

/**
 * Says anew who wrote what somebody has written; beginning again is harmless.
 *
 * @param after the last comment that was come to before
 * @returns where it has come to when the time was up
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
