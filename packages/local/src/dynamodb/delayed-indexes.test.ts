import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type Dynamo, startDynamo } from "./dynamodb.ts";
import { engineUnderTest, tableResource } from "./test-tables.ts";

const TableName = "todo";
const developer = callerOf("developer");
const temporary = temporaryFolder();
const log = keptLog();
let dynamo: Dynamo;
let client: DynamoDBClient;

async function start(gsiDelayMs: number | undefined): Promise<void> {
  const graph = graphOf({ "aws:dynamodb:Table": [tableResource(TableName)] });
  const principals = new Map([developer.entry]);
  const options = { graph, principals, dataFolder: temporary.folder, log, ...engineUnderTest };
  dynamo = await startDynamo({ ...options, gsiDelayMs });
  client = new DynamoDBClient({ endpoint: dynamo.url, region, credentials: developer.credentials, maxAttempts: 1 });
}
/** A delay that is too long to end during a test, so that only `catchUp` updates the indexes. */
const hourMs = 3_600_000;
beforeAll(() => start(hourMs), 60_000);
afterAll(async () => {
  await dynamo.close();
  temporary.remove();
});

const key = (sk: string) => ({ pk: { S: "list" }, sk: { S: sk } });
const item = (sk: string, day: string) => ({ ...key(sk), gsi1pk: { S: day }, gsi1sk: { S: sk }, rank: { N: "1" } });
const put = (sk: string, day: string) => client.send(new PutItemCommand({ TableName, Item: item(sk, day) }));
const query = (more: Partial<QueryCommandInput>, name: string, value: string) =>
  client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: `${name} = :value`,
      ExpressionAttributeValues: { ":value": { S: value } },
      ReturnConsumedCapacity: "TOTAL",
      ...more,
    }),
  );
/** Sort keys of a day's items, read from the global index. */
const ofDay = async (day: string) =>
  ((await query({ IndexName: "gsi1" }, "gsi1pk", day)).Items ?? []).map(({ sk }) => sk?.S);

describe("a delayed global index", () => {
  it("shows a write later than the table and its local indexes", async () => {
    await put("a", "monday");
    expect(await ofDay("monday")).toEqual([]);
    expect((await query({ ConsistentRead: true }, "pk", "list")).Count).toBe(1);
    expect((await query({ IndexName: "lsi1" }, "pk", "list")).Count).toBe(1);
    await dynamo.catchUp();
    expect(await ofDay("monday")).toEqual(["a"]);
  });

  it("shows changed and deleted items until it catches up", async () => {
    await put("moved", "tuesday");
    await put("gone", "tuesday");
    await dynamo.catchUp();
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: key("moved"),
        UpdateExpression: "SET gsi1pk = :day",
        ExpressionAttributeValues: { ":day": { S: "wednesday" } },
      }),
    );
    await client.send(new DeleteItemCommand({ TableName, Key: key("gone") }));
    expect([await ofDay("tuesday"), await ofDay("wednesday")]).toEqual([["gone", "moved"], []]);
    await dynamo.catchUp();
    expect([await ofDay("tuesday"), await ofDay("wednesday")]).toEqual([[], ["moved"]]);
  });

  it("follows batches, transactions, PartiQL and time to live", async () => {
    const day = "thursday";
    const PutRequest = { Item: item("batch", day) };
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest }] } }));
    const Put = { TableName, Item: item("transaction", day) };
    await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
    const Statement = `INSERT INTO "todo" VALUE {'pk':'list','sk':'partiql','gsi1pk':'thursday','gsi1sk':'partiql'}`;
    await client.send(new ExecuteStatementCommand({ Statement }));
    const expired = { ...item("expired", day), expiresAt: { N: String(Math.floor(Date.now() / 1000) - 10) } };
    await client.send(new PutItemCommand({ TableName, Item: expired }));
    expect(await ofDay(day)).toEqual([]);
    await dynamo.catchUp();
    expect(await ofDay(day)).toEqual(["batch", "expired", "partiql", "transaction"]);
    await dynamo.sweep();
    expect(await ofDay(day)).toContain("expired");
    await dynamo.catchUp();
    expect(await ofDay(day)).not.toContain("expired");
  });

  it("delays scans as well as queries, and hides the second table", async () => {
    await put("scanned", "friday");
    const scan = () => client.send(new ScanCommand({ TableName, IndexName: "gsi1", ReturnConsumedCapacity: "TOTAL" }));
    const early = await scan();
    expect(early.Items?.some(({ sk }) => sk?.S === "scanned")).toBe(false);
    expect(early.ConsumedCapacity?.TableName).toBe(TableName);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
  });

  it("starts in sync with its table, catches up after the delay, and removes the second table on close", async () => {
    await put("before", "saturday");
    await dynamo.close();
    await start(20);
    expect(await ofDay("saturday")).toEqual(["before"]);
    await put("after", "saturday");
    await vi.waitFor(async () => expect(await ofDay("saturday")).toEqual(["after", "before"]));
    await dynamo.close();
    await start(undefined);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
    await put("now", "saturday");
    expect(await ofDay("saturday")).toEqual(["after", "before", "now"]);
  }, 60_000);
});
