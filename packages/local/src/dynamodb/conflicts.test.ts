import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
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
  const options = { graph, principals: new Map([developer.entry]), dataFolder: temporary.folder, log: keptLog() };
  dynamo = await startDynamo({ ...options, ...engineUnderTest, transactionMs: 300 });
  client = new DynamoDBClient({ endpoint: dynamo.url, region, credentials: developer.credentials, maxAttempts: 1 });
  await Promise.all(["a", "b"].map((sk) => client.send(new PutItemCommand({ TableName, Item: key(sk) }))));
}, 60_000);
afterAll(async () => {
  await dynamo.close();
  temporary.remove();
});

const key = (sk: string) => ({ pk: { S: "list" }, sk: { S: sk } });
const check = (sk: string) => ({
  ConditionCheck: { TableName, Key: key(sk), ConditionExpression: "attribute_exists(pk)" },
});
const write = (...sks: string[]) => ({
  TransactItems: sks.map((sk) => ({ Put: { TableName, Item: { ...key(sk), at: { S: "now" } } } })),
});
const transact = (input: object) => client.send(new TransactWriteItemsCommand({ TransactItems: [], ...input }));
/** Options of `vi.waitFor`: how often to check whether a transaction is in progress, in milliseconds. */
const soon = { interval: 5 };
const outcomes = async (...calls: Promise<unknown>[]) =>
  (await Promise.allSettled(calls)).map(({ status }) => status).sort();

describe("concurrent transactions", () => {
  it("let one of two on the same item succeed, and name the item in the other's cancellation reasons", async () => {
    const both = [transact(write("own-1", "shared")), transact(write("own-2", "shared"))];
    expect(await outcomes(...both)).toEqual(["fulfilled", "rejected"]);
    const failed = (await Promise.allSettled(both)).find((outcome) => outcome.status === "rejected");
    expect(failed?.reason).toMatchObject({
      name: "TransactionCanceledException",
      CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }],
    });
  });

  it("conflict on an item that both only check", async () => {
    const looking = (sk: string) => transact({ TransactItems: [check("a"), ...write(sk).TransactItems] });
    expect(await outcomes(looking("x"), looking("y"))).toEqual(["fulfilled", "rejected"]);
  });

  it("do not conflict on different items, or when one runs after the other", async () => {
    expect(await outcomes(transact(write("c")), transact(write("d")))).toEqual(["fulfilled", "fulfilled"]);
    await expect(transact(write("c"))).resolves.toBeDefined();
  });

  it("make a single write and a transactional read fail, but not a single read", async () => {
    const under = transact(write("e"));
    const put = () => client.send(new PutItemCommand({ TableName, Item: key("e") }));
    await vi.waitFor(() => expect(put()).rejects.toMatchObject({ name: "TransactionConflictException" }), soon);
    const read = new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: key("e") } }] });
    await expect(client.send(read)).rejects.toMatchObject({ name: "TransactionCanceledException" });
    await expect(client.send(new GetItemCommand({ TableName, Key: key("e") }))).resolves.toBeDefined();
    await under;
    await expect(put()).resolves.toBeDefined();
  });

  it("report a concurrent request with the same client token as in progress", async () => {
    const input = { ...write("f"), ClientRequestToken: "token-1" };
    const both = await Promise.allSettled([transact(input), transact(input)]);
    const refused = both.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toMatchObject([{ name: "TransactionInProgressException" }]);
    await expect(transact(input)).resolves.toBeDefined();
  });
});
