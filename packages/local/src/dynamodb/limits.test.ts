import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type Dynamo, startDynamo } from "./dynamodb.ts";
import { engineUnderTest, tableResource } from "./test-tables.ts";

const TableName = "todo";
const developer = callerOf("developer");
const temporary = temporaryFolder();
let dynamo: Dynamo;
let client: DynamoDBClient;
beforeAll(async () => {
  const graph = graphOf({ "aws:dynamodb:Table": [tableResource(TableName)] });
  const principals = new Map([developer.entry]);
  dynamo = await startDynamo({ graph, principals, dataFolder: temporary.folder, log: keptLog(), ...engineUnderTest });
  client = new DynamoDBClient({ endpoint: dynamo.url, region, credentials: developer.credentials, maxAttempts: 1 });
}, 60_000);
afterAll(async () => {
  await dynamo.close();
  temporary.remove();
});

const key = (sk: string | number, pk = "a") => ({ pk: { S: pk }, sk: { S: String(sk) } });
const text = (length: number) => ({ S: "x".repeat(length) });
const validation = (message: RegExp | string) => ({
  name: "ValidationException",
  message: typeof message === "string" ? message : expect.stringMatching(message),
});
/** Returns `count` distinct keys. */
const keys = (count: number) => Array.from({ length: count }, (_, i) => key(i, "many"));

describe("DynamoDB's limits", () => {
  it("limits an item to 400 KB, including attribute names", async () => {
    const put = (length: number) =>
      client.send(new PutItemCommand({ TableName, Item: { ...key("big"), text: text(length) } }));
    // Names and values of the key take 2 + 1 + 2 + 3 bytes, and the attribute's name takes 4.
    await put(400 * 1024 - 12);
    await expect(put(400 * 1024 - 11)).rejects.toMatchObject(
      validation("Item size has exceeded the maximum allowed size"),
    );
    const grow = new UpdateItemCommand({
      TableName,
      Key: key("big"),
      UpdateExpression: "SET more = :more",
      ExpressionAttributeValues: { ":more": text(10) },
    });
    await expect(client.send(grow)).rejects.toMatchObject(
      validation("Item size to update has exceeded the maximum allowed size"),
    );
  });

  it("limits a batch to 25 writes or 100 reads", async () => {
    const write = (count: number) =>
      client.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: keys(count).map((Item) => ({ PutRequest: { Item } })) },
        }),
      );
    await expect(write(25)).resolves.toBeDefined();
    await expect(write(26)).rejects.toMatchObject(validation(/less than or equal to 25|Too many items/));
    const read = (count: number) =>
      client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: keys(count) } } }));
    await expect(read(100)).resolves.toBeDefined();
    await expect(read(101)).rejects.toMatchObject(validation(/less than or equal to 100|Too many items/));
  });

  it("refuses a batch that names an item twice", async () => {
    const twice = [{ PutRequest: { Item: key("twice") } }, { DeleteRequest: { Key: key("twice") } }];
    const write = new BatchWriteItemCommand({ RequestItems: { [TableName]: twice } });
    await expect(client.send(write)).rejects.toMatchObject(
      validation("Provided list of item keys contains duplicates"),
    );
  });

  it("limits a transaction to 100 items, each named once", async () => {
    const write = (count: number) =>
      client.send(
        new TransactWriteItemsCommand({ TransactItems: keys(count).map((Item) => ({ Put: { TableName, Item } })) }),
      );
    await expect(write(100)).resolves.toBeDefined();
    await expect(write(101)).rejects.toMatchObject(validation(/less than or equal to 100/));
    const read = keys(101).map((Key) => ({ Get: { TableName, Key } }));
    await expect(client.send(new TransactGetItemsCommand({ TransactItems: read }))).rejects.toMatchObject(
      validation(/less than or equal to 100/),
    );
    const twice = [{ Put: { TableName, Item: key("twice") } }, { Delete: { TableName, Key: key("twice") } }];
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems: twice }))).rejects.toMatchObject(
      validation("Transaction request cannot include multiple operations on one item"),
    );
  });

  it("limits a transaction to 4 MB", async () => {
    const TransactItems = Array.from({ length: 11 }, (_, i) => ({
      Put: { TableName, Item: { ...key(i, "heavy"), text: text(390 * 1024) } },
    }));
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems }))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  it("ends a page after 1 MB", async () => {
    for (let i = 0; i < 4; i += 1)
      await client.send(new PutItemCommand({ TableName, Item: { ...key(i, "pages"), text: text(390 * 1024) } }));
    const query = {
      TableName,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: "pages" } },
    };
    const first = await client.send(new QueryCommand(query));
    // The engines differ in whether the page includes the item that exceeds the limit. AWS specifies neither.
    const count = first.Count ?? 0;
    expect([2, 3]).toContain(count);
    expect(first.LastEvaluatedKey).toEqual(key(count - 1, "pages"));
    const second = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));
    expect([second.Count, second.LastEvaluatedKey]).toEqual([4 - count, undefined]);
  });

  it("limits a partition key to 2048 bytes and a sort key to 1024, and refuses empty keys", async () => {
    const put = (pk: string, sk: string) =>
      client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: sk } } }));
    await expect(put("p".repeat(2048), "s".repeat(1024))).resolves.toBeDefined();
    await expect(put("p".repeat(2049), "s")).rejects.toMatchObject(validation(/hash.*2048/is));
    await expect(put("p", "s".repeat(1025))).rejects.toMatchObject(validation(/range.*1024/is));
    await expect(put("p", "")).rejects.toMatchObject(validation(/empty string value/));
  });

  it("refuses consistent reads of a global index", async () => {
    const query = new QueryCommand({
      TableName,
      IndexName: "gsi1",
      ConsistentRead: true,
      KeyConditionExpression: "gsi1pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: "a" } },
    });
    await expect(client.send(query)).rejects.toMatchObject(
      validation("Consistent reads are not supported on global secondary indexes"),
    );
  });
});
