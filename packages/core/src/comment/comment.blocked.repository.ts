import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { ConditionCheck } from "dynamodb-toolbox/entity/actions/transactCheck";
import { isConditionCheckFailed } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, string } from "dynamodb-toolbox/schema";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { blockedPrefix, blockedReaderKey, commenterPartition, userPartition } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { isNew } from "../db/version.ts";
import { ReaderId, UserId } from "../ids.ts";
import { readerIdOf } from "../user/reader-id.ts";
import type { BlockedReader } from "./comment.ts";

export const BlockedItem = new Entity({
  name: "blocked-reader",
  table,
  timestamps: false,
  schema: item({
    authorId: string().key(),
    /** The reader's public id, which the author knows. */
    readerId: string().key(),
    name: string(),
    /** In the reader's index partition, next to their comments, so that it is deleted with their account. */
    gsi1pk: string().hidden(),
    gsi1sk: string().hidden(),
    ...itemAttributes,
  }),
  computeKey: ({ authorId, readerId }) => blockedReaderKey(UserId.parse(authorId), ReaderId.parse(readerId)),
});

const toBlocked = ({ readerId, name, createdAt }: FormattedItem<typeof BlockedItem>): BlockedReader => ({
  id: ReaderId.parse(readerId),
  name,
  blockedAt: createdAt,
});

/** Returns a transaction entry that fails if the author has blocked the reader. */
export const notBlocked = (authorId: UserId, userId: UserId) =>
  BlockedItem.build(ConditionCheck)
    .key({ authorId, readerId: readerIdOf(userId) })
    .condition(isNew);

/** Returns whether the author has blocked the reader. One consistent round trip. */
export async function isBlocked(authorId: UserId, userId: UserId): Promise<boolean> {
  const { Item } = await BlockedItem.build(GetItemCommand)
    .key({ authorId, readerId: readerIdOf(userId) })
    .options({ consistent: true })
    .send();
  return Item !== undefined;
}

/** Blocks a reader from commenting on the author's posts. Idempotent. `now` is an ISO 8601 time. */
export async function block(
  authorId: UserId,
  { id: userId, name }: { readonly id: UserId; readonly name: string },
  now: string,
): Promise<void> {
  const command = BlockedItem.build(PutItemCommand)
    .item({
      ...{ authorId, readerId: readerIdOf(userId), name },
      ...{ gsi1pk: commenterPartition(userId), gsi1sk: `${blockedPrefix}${authorId}` },
      ...{ createdAt: now, updatedAt: now, version: 1 },
    })
    .options({ condition: isNew });
  try {
    await command.send();
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}

/** Unblocks a reader. Idempotent. */
export async function unblock(authorId: UserId, readerId: ReaderId): Promise<void> {
  await BlockedItem.build(DeleteItemCommand).key({ authorId, readerId }).send();
}

/** Returns a page of the readers that the author has blocked. One consistent round trip. */
export async function listBlocked(authorId: UserId, { limit, cursor }: PageQuery): Promise<Page<BlockedReader>> {
  const cursors = cursorOf(`${authorId}/blocked-readers`, ReaderId);
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // Read one more than the page holds, so that the last page does not link to an empty one.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(BlockedItem)
    .query({ partition: userPartition(authorId), range: { beginsWith: blockedPrefix } })
    .options({
      consistent: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: blockedReaderKey(authorId, after) }),
    })
    .send();
  const items = Items.slice(0, limit).map(toBlocked);
  const last = items.at(-1);
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode(last.id) : undefined };
}
