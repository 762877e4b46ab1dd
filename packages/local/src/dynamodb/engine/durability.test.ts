import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { graphOf, keptLog, temporaryFolder } from "../../test-cloud.ts";
import { provisionTables } from "../provision.ts";
import { tablesOf } from "../table.ts";
import { tableResource } from "../test-tables.ts";
import { startDynoxide } from "./dynoxide.ts";
import type { DynamoEngine } from "./engine.ts";
import { reclaim } from "./guarded-process.ts";

const log = keptLog();
let temporary: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  temporary = temporaryFolder();
});
afterEach(() => temporary.remove());

const start = () => startDynoxide({ dataFolder: temporary.folder, log });
const pidFile = () => path.join(temporary.folder, "dynamodb", "dynoxide.pid");
const tables = (more: Record<string, unknown> = {}) =>
  tablesOf(graphOf({ "aws:dynamodb:Table": [tableResource("todo", more)] }));
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const item = { pk: { S: "a" }, sk: { S: "x" }, gsi2pk: { S: "g" } };
const put = (engine: DynamoEngine) => engine.call("PutItem", { TableName: "todo", Item: item });
const get = (engine: DynamoEngine) => engine.call("GetItem", { TableName: "todo", Key: { pk: item.pk, sk: item.sk } });

describe("the engine's process", () => {
  it("keeps acknowledged writes when it is killed", async () => {
    const first = await start();
    await provisionTables(first, tables(), log);
    await put(first);
    process.kill(Number(readFileSync(pidFile(), "utf8")), "SIGKILL");
    await first.close();
    const second = await start();
    expect(await get(second)).toEqual({ Item: item });
    await second.close();
  });

  it("ends on close, and removes its process id file", async () => {
    const engine = await start();
    const pid = Number(readFileSync(pidFile(), "utf8"));
    await engine.close();
    await engine.close();
    expect(alive(pid)).toBe(false);
    expect(existsSync(pidFile())).toBe(false);
  });

  it("ends with the process that started it, even after SIGKILL", async () => {
    const program = `
      import { startDynoxide } from ${JSON.stringify(path.join(import.meta.dirname, "dynoxide.ts"))};
      const quiet = () => {};
      await startDynoxide({ dataFolder: ${JSON.stringify(temporary.folder)}, log: { info: quiet, warn: quiet, error: quiet } });
      console.log("started");`;
    const parent = spawn(process.execPath, ["--input-type=module-typescript", "--eval", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(parent.stdout, "data");
    const pid = Number(readFileSync(pidFile(), "utf8"));
    expect(alive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await vi.waitUntil(() => !alive(pid), { timeout: 5000 });
  });

  it("is ended if a killed predecessor left it running, but other processes are not", async () => {
    const orphan = spawn("sh", ["-c", "while :; do read -r _; done", "an-orphan-of-ours"], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    const file = path.join(temporary.folder, "pid");
    writeFileSync(file, String(orphan.pid));
    expect(await reclaim(file, "somebody-else")).toBeUndefined();
    expect(orphan.exitCode).toBeNull();
    writeFileSync(file, String(orphan.pid));
    const ended = once(orphan, "exit");
    expect(await reclaim(file, "an-orphan-of-ours")).toBe(orphan.pid);
    await ended;
  });

  it("listens on 127.0.0.1 only", async () => {
    const engine = await start();
    const listening = execFileSync("sh", ["-c", "cat /proc/net/tcp /proc/net/tcp6"], { encoding: "utf8" });
    const port = engine.port.toString(16).toUpperCase().padStart(4, "0");
    const addresses = [...listening.matchAll(new RegExp(`([0-9A-F]+):${port} [0-9A-F:]+ 0A`, "g"))].map(
      ([, address]) => address,
    );
    await engine.close();
    expect(addresses).toEqual(["0100007F"]);
  });
});

describe("provisionTables", () => {
  let engine: DynamoEngine;
  beforeEach(async () => {
    engine = await start();
    return () => engine.close();
  });

  it("is idempotent", async () => {
    const streams = await provisionTables(engine, tables(), log);
    expect(await provisionTables(engine, tables(), log)).toEqual(streams);
  });

  it("adds a global index to a table with data, and removes one that the graph no longer has", async () => {
    await provisionTables(engine, tables(), log);
    await put(engine);
    const attributes = ["pk", "sk", "gsi2pk"].map((name) => ({ name, type: "S" }));
    const gsi2 = { name: "gsi2", hashKey: "gsi2pk", projectionType: "ALL" };
    const changed = tables({
      attributes: [...attributes, { name: "rank", type: "N" }],
      globalSecondaryIndexes: [gsi2],
    });
    await provisionTables(engine, changed, log);
    const found = await engine.call<{ Items: unknown[] }>("Query", {
      TableName: "todo",
      IndexName: "gsi2",
      KeyConditionExpression: "gsi2pk = :g",
      ExpressionAttributeValues: { ":g": { S: "g" } },
    });
    expect(found.Items).toEqual([item]);
    const { Table } = await engine.call<{ Table: { GlobalSecondaryIndexes: { IndexName: string }[] } }>(
      "DescribeTable",
      {
        TableName: "todo",
      },
    );
    expect(Table.GlobalSecondaryIndexes.map((index) => index.IndexName)).toEqual(["gsi2"]);
  });

  it("names the properties that cannot change", async () => {
    await provisionTables(engine, tables(), log);
    await expect(provisionTables(engine, tables({ rangeKey: undefined }), log)).rejects.toThrow("its key schema");
    const otherIndex = tables({ localSecondaryIndexes: [{ name: "lsi2", rangeKey: "rank", projectionType: "ALL" }] });
    await expect(provisionTables(engine, otherIndex, log)).rejects.toThrow("its local index lsi2");
  });
});
