import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { BatchGetRequest } from "dynamodb-toolbox/entity/actions/batchGet";
import { item, number, string } from "dynamodb-toolbox/schema";
import { BatchGetCommand, execute } from "dynamodb-toolbox/table/actions/batchGet";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { listKey, membershipKey, membershipPrefix, userPartition } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { TemporarilyUnavailableError } from "../errors.ts";
import { ListId, UserId } from "../ids.ts";
import type { List } from "./list.ts";

export const ListItem = new Entity({
  name: "list",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    kind: string().enum("inbox", "list"),
    name: string(),
    ownerId: string(),
    epoch: number(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => listKey(ListId.parse(id)),
});

export const MembershipItem = new Entity({
  name: "membership",
  table,
  timestamps: false,
  schema: item({
    userId: string().key(),
    listId: string().key(),
    role: string().enum("owner"),
    joinedAt: string(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, listId }) => membershipKey(UserId.parse(userId), ListId.parse(listId)),
});

/** A list as it is stored: `epoch` tells which partition holds its todos. */
export type ListRecord = Omit<List, "url"> & { readonly ownerId: UserId; readonly epoch: number };

const toRecord = ({ schemaVersion: _, ...list }: FormattedItem<typeof ListItem>): ListRecord => ({
  ...list,
  id: ListId.parse(list.id),
  ownerId: UserId.parse(list.ownerId),
});

/** The list, if the user takes part in it; one consistent round trip. */
export async function findForMember(userId: UserId, listId: ListId): Promise<ListRecord | undefined> {
  const command = table
    .build(BatchGetCommand)
    .requests(
      MembershipItem.build(BatchGetRequest).key({ userId, listId }),
      ListItem.build(BatchGetRequest).key({ id: listId }),
    )
    .options({ consistent: true });
  const { Responses, UnprocessedKeys } = await execute({ maxAttempts: 3 }, command);
  assertProcessed(UnprocessedKeys);
  const [membership, list] = Responses[0];
  return membership && list && toRecord(list);
}

/** One page of the lists that the user takes part in, oldest first; two round trips. */
export async function listForMember(userId: UserId, { limit, cursor }: PageQuery): Promise<Page<ListRecord>> {
  const cursors = cursorOf(`${userId}/lists`, ListId);
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // One more than the page holds, so that its last page has no link to an empty one.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(MembershipItem)
    .query({ partition: userPartition(userId), range: { beginsWith: membershipPrefix } })
    .options({
      consistent: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: membershipKey(userId, after) }),
    })
    .send();
  const listIds = Items.slice(0, limit).map(({ listId }) => ListId.parse(listId));
  const last = listIds.at(-1);
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items: await getMany(listIds), next: more && last ? cursors.encode(last) : undefined };
}

async function getMany(ids: readonly ListId[]): Promise<ListRecord[]> {
  if (ids.length === 0) return [];
  const requests = ids.map((id) => ListItem.build(BatchGetRequest).key({ id }));
  const command = table
    .build(BatchGetCommand)
    .requests(...requests)
    .options({ consistent: true });
  const { Responses, UnprocessedKeys } = await execute({ maxAttempts: 3 }, command);
  assertProcessed(UnprocessedKeys);
  return Responses[0].flatMap((list) => (list ? [toRecord(list)] : []));
}

/** What DynamoDB left out of a batch must not look as if it did not exist. */
function assertProcessed(unprocessed: Record<string, unknown> | undefined): void {
  if (unprocessed && Object.keys(unprocessed).length > 0) {
    throw new TemporarilyUnavailableError({ cause: new Error("BatchGetItem left keys unprocessed") });
  }
}
