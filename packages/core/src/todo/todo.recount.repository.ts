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

/** Long enough for whoever wonders what became of it. */
const keptSeconds = 24 * 60 * 60;

/** Marks the place in the stream from which on nothing may change. Another recount of these todos is superseded. */
export async function begin({ listId, epoch }: CountedTodos, id: string, now: Date): Promise<void> {
  const time = now.toISOString();
  const expiresAt = Math.floor(now.getTime() / 1000) + keptSeconds;
  await RecountItem.build(PutItemCommand)
    .item({ listId, epoch, id, expiresAt, createdAt: time, updatedAt: time, version: 1 })
    .send();
}

/** Marks the place in the stream where the count is right, unless the recount was superseded, or its list emptied. */
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

/** Counts the open todos one by one: a consistent round trip for each megabyte of them. */
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
