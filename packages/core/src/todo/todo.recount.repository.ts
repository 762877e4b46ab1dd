import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Entity } from "dynamodb-toolbox/entity";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, number, string } from "dynamodb-toolbox/schema";
import { recountKey, todoPartition, todoPrefix } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { ListId } from "../ids.ts";
import type { CountedTodos } from "../list/list.counts.service.ts";

const RecountItem = new Entity({
  name: "recount",
  table,
  timestamps: false,
  schema: item({
    listId: string().key(),
    epoch: number().key(),
    id: string(),
    openTodos: number().optional(),
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ listId, epoch }) => recountKey(ListId.parse(listId), epoch),
});

/** How long a recount item is kept, in seconds, so that its result can be inspected. */
const keptSeconds = 24 * 60 * 60;

/** Writes the start marker of a recount to the stream. Replaces another recount of the same todos. */
export async function begin({ listId, epoch }: CountedTodos, id: string, now: Date): Promise<void> {
  const time = now.toISOString();
  const expiresAt = Math.floor(now.getTime() / 1000) + keptSeconds;
  await RecountItem.build(PutItemCommand)
    .item({ listId, epoch, id, expiresAt, createdAt: time, updatedAt: time, version: 1 })
    .send();
}

/** Writes the end marker with the count, unless another recount replaced this one or its item is gone. */
export async function end({ listId, epoch }: CountedTodos, id: string, openTodos: number, now: Date): Promise<void> {
  try {
    await RecountItem.build(UpdateAttributesCommand)
      .item({ listId, epoch, openTodos, updatedAt: now.toISOString(), version: 2 })
      .options({ condition: { attr: "id", eq: id } })
      .send();
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}

/** Counts the open todos of a list. Reads consistently, one round trip per megabyte of todos. */
export async function countOpen({ listId, epoch }: CountedTodos): Promise<number> {
  let openTodos = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const { Count: count = 0, LastEvaluatedKey } = await table.getDocumentClient().send(
      new QueryCommand({
        TableName: table.getName(),
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        FilterExpression: "completed = :completed",
        ExpressionAttributeValues: { ":pk": todoPartition(listId, epoch), ":prefix": todoPrefix, ":completed": false },
        Select: "COUNT",
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    openTodos += count;
    start = LastEvaluatedKey;
  } while (start);
  return openTodos;
}
