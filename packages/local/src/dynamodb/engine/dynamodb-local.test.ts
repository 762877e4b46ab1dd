import { DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callerOf, graphOf, keptLog, region, temporaryFolder } from "../../test-cloud.ts";
import { type Dynamo, startDynamo } from "../dynamodb.ts";
import { engineUnderTest, tableResource } from "../test-tables.ts";
import { startDynamoDbLocal } from "./dynamodb-local.ts";

const developer = callerOf("developer");
const resource = tableResource("todo");
const streamArn = String(resource.streamArn);
const log = keptLog();

describe("startDynamoDbLocal", () => {
  it("explains what to install when neither Java nor Docker can run it", async () => {
    const temporary = temporaryFolder();
    const start = startDynamoDbLocal({ dataFolder: temporary.folder, log, jar: "/nowhere/DynamoDBLocal.jar" });
    await expect(start).rejects.toThrow(/does not exist[\s\S]*npm pack amplify-dynamodb-simulator/);
    temporary.remove();
  });
});

/** Runs only with DynamoDB Local (`npm run test:ddb-local`). Not reported as skipped in other runs. */
if (engineUnderTest.engine === "dynamodb-local")
  describe("DynamoDB Local behind the front", () => {
    const temporary = temporaryFolder();
    const start = (more: Record<string, unknown> = {}) =>
      startDynamo({
        graph: graphOf({ "aws:dynamodb:Table": [{ ...resource, ...more }] }),
        principals: new Map([developer.entry]),
        dataFolder: temporary.folder,
        log,
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
    const item = { pk: { S: "a" }, sk: { S: "x" }, expiresAt: { N: String(Math.floor(Date.now() / 1000) - 10) } };

    it("serves the graph's tables under the graph's ARNs", async () => {
      const { Table } = await client().send(new DescribeTableCommand({ TableName: "todo" }));
      expect(Table).toMatchObject({ TableArn: resource.arn, LatestStreamArn: streamArn });
      expect(JSON.stringify(Table)).not.toContain("ddblocal");
    });

    it("keeps items over a restart, and adds an index", async () => {
      await client().send(new PutItemCommand({ TableName: "todo", Item: item }));
      await dynamo.close();
      const gsi2 = { name: "gsi2", hashKey: "gsi1sk", projectionType: "KEYS_ONLY" };
      const indexes = Array.isArray(resource.globalSecondaryIndexes) ? resource.globalSecondaryIndexes : [];
      dynamo = await start({ globalSecondaryIndexes: [...indexes, gsi2] });
      const { Item } = await client().send(
        new GetItemCommand({ TableName: "todo", Key: { pk: item.pk, sk: item.sk } }),
      );
      expect(Item).toEqual(item);
    }, 60_000);

    it("streams writes, and marks removals by time to live", async () => {
      await dynamo.sweep();
      const [shard] = await dynamo.streams.shards(streamArn);
      const iterator = await dynamo.streams.iterator(streamArn, shard?.id ?? "", "TRIM_HORIZON");
      const { records } = await dynamo.streams.read(streamArn, iterator);
      expect(records.map((record) => [record.eventName, record.userIdentity?.type])).toEqual([
        ["INSERT", undefined],
        ["REMOVE", "Service"],
      ]);
    });
  });
