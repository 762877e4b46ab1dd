import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type Dynamo, startDynamo } from "./dynamodb.ts";
import { engineUnderTest, tableResource } from "./test-tables.ts";

const todoArn = `arn:aws:dynamodb:${region}:${account}:table/todo`;
const developer = callerOf("developer");
const writer = callerOf("writer", [{ Effect: "Allow", Action: "dynamodb:PutItem", Resource: todoArn }]);
const owner = callerOf("owner", [
  {
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:Query"],
    Resource: [todoArn, `${todoArn}/index/*`],
    Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["USER#1"] } },
  },
]);
const principals = new Map([developer.entry, writer.entry, owner.entry]);
const graph = graphOf({ "aws:dynamodb:Table": [tableResource("todo")] });
const log = keptLog();
const temporary = temporaryFolder();
let dynamo: Dynamo;

beforeAll(async () => {
  dynamo = await startDynamo({ graph, principals, dataFolder: temporary.folder, log, ...engineUnderTest });
}, 60_000);
afterAll(async () => {
  await dynamo.close();
  temporary.remove();
});

const clientOf = (caller: typeof developer, maxAttempts = 1) =>
  new DynamoDBClient({ endpoint: dynamo.url, region, credentials: caller.credentials, maxAttempts });
const item = (pk: string, more = {}) => ({ pk: { S: pk }, sk: { S: "x" }, ...more });
const put = (pk: string, more = {}) => new PutItemCommand({ TableName: "todo", Item: item(pk, more) });
const get = (pk: string) => new GetItemCommand({ TableName: "todo", Key: item(pk) });

describe("startDynamo: permissions", () => {
  it("allows a function what its policy grants, and denies the rest with AWS's error", async () => {
    const client = clientOf(writer);
    await client.send(put("USER#1"));
    await expect(client.send(get("USER#1"))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: `User: ${writer.principal.arn} is not authorized to perform: dynamodb:GetItem on resource: ${todoArn} because no identity-based policy allows the dynamodb:GetItem action`,
    });
    expect(log.lines).toContainEqual(expect.stringContaining(`AccessDenied writer: dynamodb:GetItem on ${todoArn}`));
  });

  it("authorizes each entry of a transaction", async () => {
    const write = (entry: object) => clientOf(writer).send(new TransactWriteItemsCommand({ TransactItems: [entry] }));
    await write({ Put: { TableName: "todo", Item: item("tx") } });
    await expect(write({ Delete: { TableName: "todo", Key: item("tx") } })).rejects.toThrow("dynamodb:DeleteItem");
  });

  it("limits a caller to the partition keys of its policy condition", async () => {
    const client = clientOf(owner);
    const query = (pk: string) =>
      client.send(
        new QueryCommand({
          TableName: "todo",
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: pk } },
        }),
      );
    await expect(client.send(get("USER#1"))).resolves.toBeDefined();
    await expect(client.send(get("USER#2"))).rejects.toThrow("not authorized to perform: dynamodb:GetItem");
    await expect(query("USER#1")).resolves.toMatchObject({ Count: 1 });
    await expect(query("USER#2")).rejects.toThrow("not authorized to perform: dynamodb:Query");
  });

  it("refuses an unknown key and a wrong signature with AWS's error names", async () => {
    const stranger = callerOf("stranger");
    const forged = { ...developer, credentials: { ...developer.credentials, secretAccessKey: "guessed" } };
    await expect(clientOf(stranger).send(get("a"))).rejects.toMatchObject({ name: "UnrecognizedClientException" });
    await expect(clientOf(forged).send(get("a"))).rejects.toMatchObject({ name: "InvalidSignatureException" });
  });
});

describe("startDynamo: identities", () => {
  it("describes tables, indexes and streams with the graph's ARNs", async () => {
    const { Table } = await clientOf(developer).send(new DescribeTableCommand({ TableName: "todo" }));
    expect(Table).toMatchObject({
      TableArn: todoArn,
      LatestStreamArn: `${todoArn}/stream/2026-01-01T00:00:00.000`,
      LatestStreamLabel: "2026-01-01T00:00:00.000",
    });
    expect(Table?.GlobalSecondaryIndexes?.[0]?.IndexArn).toBe(`${todoArn}/index/gsi1`);
    expect(JSON.stringify(Table)).not.toMatch(/dynoxide|ddblocal/);
  });

  it("accepts a table's ARN as its name", async () => {
    const client = clientOf(developer);
    await client.send(new PutItemCommand({ TableName: todoArn, Item: item("by-arn") }));
    const [{ Item }] = await Promise.all([client.send(get("by-arn"))]);
    expect(Item).toEqual(item("by-arn"));
  });

  it("serves tables that are created in addition to the graph's", async () => {
    const { TableDescription } = await clientOf(developer).send(
      new CreateTableCommand({
        TableName: "scratch",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
    expect(TableDescription?.TableArn).toBe(`arn:aws:dynamodb:${region}:${account}:table/scratch`);
  });

  it("reads a stream by the graph's ARN, without records of unchanged items", async () => {
    const streams = new DynamoDBStreamsClient({ endpoint: dynamo.url, region, credentials: developer.credentials });
    const client = clientOf(developer);
    await client.send(put("streamed", { title: { S: "one" } }));
    await client.send(put("streamed", { title: { S: "one" } }));
    await client.send(put("streamed", { title: { S: "two" } }));
    const { Streams = [] } = await streams.send(new ListStreamsCommand({}));
    const [stream] = Streams;
    expect(stream?.StreamArn).toBe(`${todoArn}/stream/2026-01-01T00:00:00.000`);
    const described = await streams.send(new DescribeStreamCommand({ StreamArn: stream?.StreamArn }));
    const iterator = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: stream?.StreamArn,
        ShardId: described.StreamDescription?.Shards?.[0]?.ShardId,
        ShardIteratorType: "TRIM_HORIZON",
      }),
    );
    const { Records = [], NextShardIterator } = await streams.send(
      new GetRecordsCommand({ ShardIterator: iterator.ShardIterator }),
    );
    const own = Records.filter((record) => record.dynamodb?.Keys?.pk?.S === "streamed");
    expect(own.map((record) => [record.eventName, record.awsRegion])).toEqual([
      ["INSERT", region],
      ["MODIFY", region],
    ]);
    expect((await streams.send(new GetRecordsCommand({ ShardIterator: NextShardIterator }))).Records).toEqual([]);
  });
});

describe("startDynamo: fault injection", () => {
  it("throttles the next calls, which the SDK's retries recover from", async () => {
    dynamo.faults.next({ operation: "PutItem", error: { code: "ProvisionedThroughputExceededException" } });
    await expect(clientOf(developer).send(put("throttled"))).rejects.toMatchObject({
      name: "ProvisionedThroughputExceededException",
    });
    dynamo.faults.next({ operation: "PutItem", error: { code: "ThrottlingException" }, times: 2 });
    await expect(clientOf(developer, 3).send(put("throttled"))).resolves.toBeDefined();
  });

  it("fails only the calls of the named caller", async () => {
    dynamo.faults.next({ operation: "PutItem", error: { code: "InternalServerError" }, caller: "writer" });
    await expect(clientOf(developer).send(put("spared"))).resolves.toBeDefined();
    await expect(clientOf(writer).send(put("hit"))).rejects.toMatchObject({ name: "InternalServerError" });
  });

  it("cancels a transaction with its reasons", async () => {
    dynamo.faults.next({ operation: "TransactWriteItems", error: { code: "TransactionConflictException" } });
    const TransactItems = ["a", "b"].map((pk) => ({ Put: { TableName: "todo", Item: item(pk) } }));
    await expect(clientOf(developer).send(new TransactWriteItemsCommand({ TransactItems }))).rejects.toMatchObject({
      name: "TransactionCanceledException",
      CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
    });
  });

  it("can drop the response of a write that succeeded", async () => {
    dynamo.faults.next({ operation: "PutItem", error: "cut", when: "after" });
    await expect(clientOf(developer).send(put("lost"))).rejects.toMatchObject({ code: "ECONNRESET" });
    expect((await clientOf(developer).send(get("lost"))).Item).toEqual(item("lost"));
  });
});
