import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { features } from "@daybook/core/api";
import { loadGraph } from "@daybook/local/graph/load";
import { openCodeStore } from "@daybook/local/lambda/code/code-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const cacheFolder = mkdtempSync(path.join(os.tmpdir(), "daybook-bundles-"));
const graph = loadGraph(path.join(root, "infra/graph.local.json"));
const handlers = graph.functions.filter((fn) => fn.handler !== undefined);
const ignore = () => {};

/** Bundle budgets in KB after gzip. Routed functions have a lower one, because users wait for their cold start. */
const budgetOf = (name: string) => ownBudgets[name] ?? (routed.has(name) ? 90 : 120);
/** The list of common passwords is 21 KB. It is evaluated when a password is set. */
const settingPasswords = (kilobytes: number) =>
  Object.fromEntries(
    Object.keys(features.account).map((id) => [`${id.charAt(0).toUpperCase()}${id.slice(1)}Function`, kilobytes]),
  );
const ownBudgets: Readonly<Record<string, number>> = {
  // The OpenAPI document needs the whole contract, and Zod's conversion to JSON Schema.
  ...{ GetHealthFunction: 94, GetOpenApiFunction: 94, RouteNotFoundFunction: 94 },
  ...settingPasswords(108),
  // #region blog
  // The article renderer is 205 KB, most of it grammars. A grammar is evaluated when a text has code in its language.
  // The tables that transliterate titles are 10 KB.
  ...{ PublishPostFunction: 310, PublishScheduledFunction: 310 },
  // #endregion blog
  // The S3 client is 45 KB.
  MakeVariantsFunction: 130,
};
const routed = new Set(
  Object.values(graph.routes).flatMap((routes) =>
    Object.values(routes).map((route) => graph.functionOf(route.function ?? "")?.name),
  ),
);

let code: Awaited<ReturnType<typeof openCodeStore>>;
beforeAll(async () => {
  code = await openCodeStore({ graph, root, cacheFolder, watch: false, onChange: ignore, onBroken: ignore });
});
afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }));

describe("the bundle of", () => {
  it.each(handlers.map((fn) => [fn.name, fn] as const))("%s is within its budget", (_name, fn) => {
    const { folder, file } = code.codeOf(fn);
    const kilobytes = gzipSync(readFileSync(path.resolve(folder, file))).length / 1024;
    expect(kilobytes).toBeLessThanOrEqual(budgetOf(fn.name));
  });
});
