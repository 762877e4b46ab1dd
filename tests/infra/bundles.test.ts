import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { loadGraph } from "@daybook/local/graph/load";
import { openCodeStore } from "@daybook/local/lambda/code";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const cacheFolder = mkdtempSync(path.join(os.tmpdir(), "daybook-bundles-"));
const graph = loadGraph(path.join(root, "infra/graph.local.json"));
const handlers = graph.functions.filter((fn) => fn.handler !== undefined);
const ignore = () => {};

/** KB of a bundle, gzip: what somebody waits for while it starts, what nobody does, and that with S3's client in it, which is 45. */
const budgetOf = (name: string) => (routed.has(name) ? 126 : withStorage.has(name) ? 165 : 150);
const withStorage = new Set(["MakeVariantsFunction"]);
const routed = new Set(
  Object.values(graph.routes).flatMap((routes) =>
    Object.values(routes).map((route) => graph.functionOf(route.function ?? "")?.name),
  ),
);

let code: Awaited<ReturnType<typeof openCodeStore>>;
beforeAll(async () => {
  code = await openCodeStore({ graph, root, cacheFolder, watch: false, onChange: ignore, onBroken: ignore });
});
afterAll(async () => {
  await code.close();
  rmSync(cacheFolder, { recursive: true, force: true });
});

describe("the bundle of", () => {
  it.each(handlers.map((fn) => [fn.name, fn] as const))("%s keeps to the budget", (_name, fn) => {
    const { folder, file } = code.codeOf(fn);
    const kilobytes = gzipSync(readFileSync(path.resolve(folder, file))).length / 1024;
    expect(kilobytes).toBeLessThanOrEqual(budgetOf(fn.name));
  });
});
