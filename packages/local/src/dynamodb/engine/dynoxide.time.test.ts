import { afterAll, expect, it } from "vitest";
import { graphOf, keptLog, temporaryFolder } from "../../test-cloud.ts";
import { provisionTables } from "../provision.ts";
import { tablesOf } from "../table.ts";
import { tableResource } from "../test-tables.ts";
import { startDynoxide } from "./dynoxide.ts";

const log = keptLog();
const temporary = temporaryFolder();
afterAll(temporary.remove);

it("keeps the time of a write within a factor of 2 after 3,000 stream records", async () => {
  const engine = await startDynoxide({ dataFolder: temporary.folder, log });
  await provisionTables(engine, tablesOf(graphOf({ "aws:dynamodb:Table": [tableResource("todo")] })), log);
  const text = { S: "word ".repeat(300) };
  const item = (pk: string, sk: number) => ({ pk: { S: pk }, sk: { S: String(sk) }, text });
  const write = (sk: number) => engine.call("PutItem", { TableName: "todo", Item: item("measured", sk) });
  /** Median time of 100 writes, in milliseconds. */
  const writeMs = async () => {
    const times: number[] = [];
    for (let sk = 0; sk < 100; sk += 1) {
      const start = performance.now();
      await write(sk);
      times.push(performance.now() - start);
    }
    return times.toSorted((one, other) => one - other)[50] ?? Number.NaN;
  };
  const atFirst = await writeMs();
  for (let batch = 0; batch < 120; batch += 1) {
    const puts = Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: item(`batch-${batch}`, index) } }));
    await engine.call("BatchWriteItem", { RequestItems: { todo: puts } });
  }
  expect((await writeMs()) / atFirst).toBeLessThan(2);
  await engine.close();
});
