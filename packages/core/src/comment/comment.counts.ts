import { randomUUID } from "node:crypto";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { PostId } from "../ids.ts";
import { findCountMark, findReference, saveCount } from "../published/published-post.service.ts";
import { countVisible } from "./comment.lists.repository.ts";

/**
 * Recounts the visible comments of a post and stores the number with the published post. Optimistic locking: each
 * stored count has a mark, and a write fails if the mark has changed since it was read. The events of comments can
 * therefore be redelivered and out of order.
 *
 * Example: A reads mark m1 and counts 3 comments. A fourth comment is added. B reads m1, counts 4 and stores it with
 * mark m2. A's write expects m1 and fails. A counts again and stores 4.
 *
 * @returns the outcome, for the log
 */
export async function recount(postId: PostId): Promise<"counted" | "hidden"> {
  return retryOptimistically(async () => {
    const post = await findReference(postId);
    if (!post) return "hidden";
    // Read the mark before counting, to detect a count that is stored in between.
    const before = await findCountMark(post);
    await saveCount(post, await countVisible(postId), { mark: randomUUID(), before });
    return "counted";
  });
}
