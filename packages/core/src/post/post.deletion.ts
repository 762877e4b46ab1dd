import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { PostId, UserId } from "../ids.ts";
import { removeWrites } from "./post.publishing.repository.ts";
import * as repository from "./post.repository.ts";

const pageSize = 25;

/**
 * Deletes all posts of a user, and what readers have of them; beginning again goes on with those that are left.
 *
 * @param hasTime asked after each page whether another may follow
 * @returns whether all are gone
 */
export async function removeOwned(authorId: UserId, hasTime: () => boolean): Promise<boolean> {
  for (;;) {
    const { items } = await repository.listOwn(authorId, { limit: pageSize });
    // One after the other: all of them are in the same lists.
    for (const { id } of items) await remove(authorId, id);
    if (items.length < pageSize) return true;
    if (!hasTime()) return false;
  }
}

async function remove(authorId: UserId, id: PostId): Promise<void> {
  await retryOptimistically(async () => {
    const post = await repository.find(authorId, id);
    if (post) await repository.writeFrom(removeWrites(post));
  });
}
