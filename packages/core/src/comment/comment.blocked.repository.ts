import * as z from "zod";
import type { Page, PageQuery } from "../contract/page.ts";
import { batchGet } from "../db/batch.ts";
import { cursorOf } from "../db/cursor.ts";
import { entity, firstVersion } from "../db/entity.ts";
import { blockedPrefix, blockedReaderKey, commenterPartition } from "../db/keys.blog.ts";
import { userPartition } from "../db/keys.ts";
import { queryPage } from "../db/query.ts";
import { isNew } from "../db/version.ts";
import { type Write, write, writeIf } from "../db/write.ts";
import { ReaderId, UserId } from "../ids.ts";
import { readerIdOf } from "../user/reader-id.ts";
import type { BlockedReader } from "./comment.ts";

const blockedReaders = entity({
  name: "blocked-reader",
  schema: z.object({
    authorId: UserId,
    /** The reader's public id, which the author knows. */
    readerId: ReaderId,
    name: z.string(),
  }),
  keyFields: ["authorId", "readerId"],
  keyOf: ({ authorId, readerId }) => blockedReaderKey(authorId, readerId),
});

/** Returns a transaction entry that fails if the author has blocked the reader. */
export const notBlocked = (authorId: UserId, userId: UserId): Write =>
  blockedReaders.check({ authorId, readerId: readerIdOf(userId) }, isNew);

/** Returns whether the author has blocked the reader. One consistent round trip. */
export async function isBlocked(authorId: UserId, userId: UserId): Promise<boolean> {
  return (await blockedReaders.get({ authorId, readerId: readerIdOf(userId) })) !== undefined;
}

/** Returns those of up to 100 different users whom the author has blocked. One consistent round trip. */
export async function blockedAmong(authorId: UserId, userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
  const found = await batchGet(userIds.map((userId) => blockedReaderKey(authorId, readerIdOf(userId))));
  return new Set(userIds.filter((_, index) => found[index] !== undefined));
}

/** Blocks a reader from commenting on the author's posts. Idempotent. `now` is an ISO 8601 time. */
export async function block(
  authorId: UserId,
  { id: userId, name }: { readonly id: UserId; readonly name: string },
  now: string,
): Promise<void> {
  const blocked = { authorId, readerId: readerIdOf(userId), name, ...firstVersion(now) };
  // In the reader's index partition, next to their comments, so that it is deleted with their account.
  const indexKeys = { gsi1pk: commenterPartition(userId), gsi1sk: `${blockedPrefix}${authorId}` };
  await writeIf(blockedReaders.put(blocked, isNew, indexKeys));
}

/** Unblocks a reader. Idempotent. */
export async function unblock(authorId: UserId, readerId: ReaderId): Promise<void> {
  await write(blockedReaders.delete({ authorId, readerId }));
}

/** Returns a page of the readers that the author has blocked. One consistent round trip. */
export async function listBlocked(authorId: UserId, page: PageQuery): Promise<Page<BlockedReader>> {
  const { items, next } = await queryPage(
    blockedReaders,
    { partition: userPartition(authorId), sortKey: { beginsWith: blockedPrefix } },
    {
      cursors: cursorOf(`${authorId}/blocked-readers`, ReaderId),
      of: ({ readerId }) => readerId,
      keyAt: (readerId) => blockedReaderKey(authorId, readerId),
    },
    page,
  );
  return { items: items.map(({ readerId: id, name, createdAt }) => ({ id, name, blockedAt: createdAt })), next };
}
