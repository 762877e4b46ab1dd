import { expect, it } from "vitest";
import { dynamo, keyOf, records, start, write } from "../streams/test-mapping.ts";

/** The filter that AWS documents for removals by time to live. */
const byTimeToLive = {
  filters: [
    {
      pattern: { userIdentity: { type: ["Service"], principalId: ["dynamodb.amazonaws.com"] }, eventName: ["REMOVE"] },
    },
  ],
};

it("delivers only removals by time to live to a function whose filter selects them", async () => {
  const running = await start({ filterCriteria: byTimeToLive });
  await write("kept", "by-hand");
  await dynamo.engine.call("DeleteItem", { TableName: "todo", Key: { pk: { S: "by-hand" }, sk: { S: "x" } } });
  const expiresAt = { N: String(Math.floor(Date.now() / 1000) - 10) };
  await dynamo.engine.call("PutItem", { TableName: "todo", Item: { pk: { S: "expired" }, sk: { S: "x" }, expiresAt } });
  expect(await dynamo.sweep()).toBe(1);
  await running.drained();
  expect(records.map(keyOf)).toEqual(["expired"]);
  expect(records[0]).toMatchObject({
    eventName: "REMOVE",
    userIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" },
    dynamodb: { OldImage: { expiresAt } },
  });
});
