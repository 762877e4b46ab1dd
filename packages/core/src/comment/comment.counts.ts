import { randomUUID } from "node:crypto";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { PostId } from "../ids.ts";
import { findCountMark, findReference, saveCount } from "../published/published-post.service.ts";
import { countVisible } from "./comment.lists.repository.ts";

/**
 * Counts the comments that readers see of a post anew, and stores that with its page. Whoever counts at the same time and began earlier
 * finds that somebody was quicker, and counts again: a count never takes the place of one that knows more. So it does not matter how
 * often, or in which order, one is told that they have changed.
 *
 * @returns what became of it, for the log
 */
export async function recount(postId: PostId): Promise<"counted" | "hidden"> {
  return retryOptimistically(async () => {
    const post = await findReference(postId);
    if (!post) return "hidden";
    // Before counting: whoever stores a count in between is noticed.
    const before = await findCountMark(post);
    await saveCount(post, await countVisible(postId), { mark: randomUUID(), before });
    return "counted";
  });
}
