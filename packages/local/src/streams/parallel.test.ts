import { describe, expect, it } from "vitest";
import { batches, dynamo, fail, records, start, throttled, write } from "./test-mapping.ts";

describe("stream event source mapping: parallel batches", () => {
  const update = (pk: string, n: number) =>
    dynamo.engine.call("PutItem", { TableName: "todo", Item: { pk: { S: pk }, sk: { S: "x" }, n: { N: String(n) } } });

  it("keeps the order of each item and delivers other items while one fails", async () => {
    const keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
    for (const n of [1, 2, 3]) for (const key of keys) await update(key, n);
    let failures = 0;
    const seen = new Set<string>();
    const running = await start({ parallelizationFactor: 4, batchSize: 1 }, ([key = ""]) => {
      if (key !== "a") seen.add(key);
      else if (failures < 3) {
        failures += 1;
        fail();
      }
    });
    await running.drained();
    const numbers = (key: string) =>
      records.filter((record) => record.dynamodb.Keys.pk?.S === key).map((record) => record.dynamodb.NewImage?.n?.N);
    expect(numbers("a")).toEqual(["1", "1", "1", "1", "2", "3"]);
    for (const key of keys.slice(1)) expect(numbers(key)).toEqual(["1", "2", "3"]);
  });

  it("redelivers unfinished records after a restart, although later records were finished", async () => {
    for (const key of ["a", "b", "c", "d"]) await update(key, 1);
    const others = new Set<string>();
    const { promise: stuck, resolve: release } = Promise.withResolvers<void>();
    const first = await start({ parallelizationFactor: 4, batchSize: 1 }, async ([key = ""]) => {
      if (key === "a") await stuck;
      else others.add(key);
    });
    await expect.poll(() => others.size).toBeGreaterThan(0);
    const closing = first.close();
    release();
    await closing;
    const again = await start({});
    await again.drained();
    expect(new Set(batches.flat())).toEqual(new Set(["a", "b", "c", "d"]));
  });
});

describe("stream event source mapping: throttling", () => {
  it("waits for a throttled function without using up retries or bisecting", async () => {
    await write("a", "b");
    const inputs = { maximumRetryAttempts: 0, bisectBatchOnFunctionError: true };
    const running = await start(inputs, () => (batches.length < 4 ? throttled : undefined));
    await running.drained();
    expect(batches).toEqual(Array.from({ length: 4 }, () => ["a", "b"]));
  });
});
