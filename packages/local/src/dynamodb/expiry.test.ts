import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type Dynamo, startDynamo } from "./dynamodb.ts";
import { engineUnderTest, tableResource } from "./test-tables.ts";

const developer = callerOf("developer");
const resource = tableResource("todo");
const streamArn = String(resource.streamArn);
const temporary = temporaryFolder();
const start = () =>
  startDynamo({
    graph: graphOf({ "aws:dynamodb:Table": [resource] }),
    principals: new Map([developer.entry]),
    dataFolder: temporary.folder,
    log: keptLog(),
    ...engineUnderTest,
  });

let dynamo: Dynamo;
beforeAll(async () => {
  dynamo = await start();
}, 60_000);
afterAll(async () => {
  await dynamo.close();
  temporary.remove();
});

const client = () => new DynamoDBClient({ endpoint: dynamo.url, region, credentials: developer.credentials });
const seconds = (offset: number) => String(Math.floor(Date.now() / 1000) + offset);
const remove = (pk: string) =>
  client().send(new DeleteItemCommand({ TableName: "todo", Key: { pk: { S: pk }, sk: { S: "x" } } }));
const put = (pk: string, expiresAt: { N: string } | { S: string }) => {
  const Item: Record<string, AttributeValue> = { pk: { S: pk }, sk: { S: "x" }, expiresAt };
  return client().send(new PutItemCommand({ TableName: "todo", Item }));
};

async function removals() {
  const [shard] = await dynamo.streams.shards(streamArn);
  const iterator = await dynamo.streams.iterator(streamArn, shard?.id ?? "", "TRIM_HORIZON");
  const { records } = await dynamo.streams.read(streamArn, iterator);
  return records
    .filter((record) => record.eventName === "REMOVE")
    .map((record) => [record.dynamodb.Keys.pk?.S, record.userIdentity]);
}

describe("time to live", () => {
  it("deletes expired items, and marks their stream records as the service's, also after a restart", async () => {
    await put("expired", { N: seconds(-10) });
    await put("deleted-by-hand", { N: seconds(-10) });
    await remove("deleted-by-hand");
    await put("later", { N: seconds(3600) });
    await put("not-a-time", { S: "soon" });
    await put("milliseconds-of-1970", { N: "5" });
    expect(await dynamo.sweep()).toBe(1);
    const { Items = [] } = await client().send(new ScanCommand({ TableName: "todo" }));
    expect(Items.map(({ pk }) => pk?.S).sort()).toEqual(["later", "milliseconds-of-1970", "not-a-time"]);
    const expected = [
      ["deleted-by-hand", undefined],
      ["expired", { type: "Service", principalId: "dynamodb.amazonaws.com" }],
    ];
    expect(await removals()).toEqual(expected);
    await dynamo.close();
    dynamo = await start();
    expect(await removals()).toEqual(expected);
  });

  it("does not mark a later removal by hand of an item that was put again with the same expiry", async () => {
    const expiresAt = { N: seconds(-10) };
    await put("again", expiresAt);
    await dynamo.sweep();
    const ofAgain = async () => (await removals()).filter(([pk]) => pk === "again").map(([, by]) => by);
    const marked = expect.objectContaining({ type: "Service" });
    expect(await ofAgain()).toEqual([marked]);
    await put("again", expiresAt);
    await remove("again");
    expect(await ofAgain()).toEqual([marked, undefined]);
    await put("again", expiresAt);
    await dynamo.sweep();
    expect(await ofAgain()).toEqual([marked, undefined, marked]);
    await dynamo.close();
    dynamo = await start();
    expect(await ofAgain()).toEqual([marked, undefined, marked]);
  });
});
