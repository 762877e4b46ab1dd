import { existsSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import type { Cloud } from "./cloud.ts";
import { followGraph } from "./follow-graph.ts";
import type { Graph, GraphFunction } from "./graph/graph.ts";
import { temporaryFolder } from "./lambda/fixtures.ts";

const fn = (handler: string): GraphFunction => ({
  handler: `src/api.${handler}`,
  runtime: "nodejs24.x",
  memory: 128,
  timeout: 20,
  invokedBy: [],
});

/** A program with one API, whose routes call functions. */
const program = (
  routes: Readonly<Record<string, string>>,
  functions = { First: fn("first"), Slow: fn("slow") },
): Graph => ({
  version: 1,
  app: "followed",
  stage: "local",
  region: "eu-west-1",
  functions,
  routes: {
    Api: Object.fromEntries(Object.entries(routes).map(([key, name]) => [key, { function: `\${${name}.arn}` }])),
  },
  resources: { "aws:apigatewayv2:Api": { Api: { protocolType: "HTTP" } } },
});

/** Handlers that answer with their names. The slow one waits for a file. */
const source = `
  import { existsSync, writeFileSync } from "node:fs";
  export const first = async () => "first";
  export const slow = async ({ queryStringParameters: { folder } }) => {
    writeFileSync(folder + "/started", "");
    while (!existsSync(folder + "/released")) await new Promise((resolve) => setTimeout(resolve, 20));
    return "slow";
  };`;

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Starts a cloud that follows the graph in a temporary folder. */
async function follow(graph: Graph) {
  const { folder, write, remove } = temporaryFolder({ "src/api.ts": source, "graph.json": JSON.stringify(graph) });
  cleanUps.push(remove);
  const clouds: Cloud[] = [];
  const errors: unknown[] = [];
  let happened = Promise.withResolvers<void>();
  const note =
    <Value>(list: Value[]) =>
    (value: Value) => {
      list.push(value);
      happened.resolve();
    };
  const [dataFolder, cacheFolder] = [path.join(folder, "data"), path.join(folder, "cache")];
  const options = { graphFile: path.join(folder, "graph.json"), root: folder, dataFolder, cacheFolder };
  const followed = await followGraph(options, { onRestart: note(clouds), onInvalid: note(errors) });
  cleanUps.push(() => followed.close());
  const { url } = followed.first;
  return {
    folder,
    write,
    clouds,
    errors,
    get: async (route: string) => (await fetch(`${url}${route}`)).text(),
    /** Writes the graph, and returns when the cloud has restarted or refused it. */
    async change(text: string) {
      happened = Promise.withResolvers<void>();
      write("graph.json", text);
      await happened.promise;
    },
  };
}

it("serves a route on the same port as soon as the graph has it", async () => {
  const { get, change, clouds, errors } = await follow(program({ "GET /first": "First" }));
  expect([await get("/first"), await get("/new")]).toEqual(["first", '{"message":"Not Found"}']);
  await change(JSON.stringify(program({ "GET /first": "First", "GET /new": "First" })));
  expect([await get("/first"), await get("/new")]).toEqual(["first", "first"]);
  expect([clouds.length, errors]).toEqual([1, []]);
});

it("finishes requests in progress before it restarts", async () => {
  const { get, write, change, folder } = await follow(program({ "GET /slow": "Slow" }));
  const slow = get(`/slow?folder=${folder}`);
  await expect.poll(() => existsSync(path.join(folder, "started"))).toBe(true);
  const changed = change(JSON.stringify(program({ "GET /first": "First" })));
  // The cloud no longer accepts requests: it is closing.
  await expect.poll(() => get("/first").catch(() => "closed")).toBe("closed");
  write("released", "");
  expect(await slow).toBe("slow");
  await changed;
  expect(await get("/first")).toBe("first");
});

it("keeps the previous graph and says why a changed one is invalid", async () => {
  const { get, change, clouds, errors } = await follow(program({ "GET /first": "First" }));
  await change("{");
  await change(JSON.stringify(program({ "GET /first": "Missing" })));
  expect(errors.map(String)).toEqual([
    expect.stringContaining("JSON"),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of a graph.
    expect.stringContaining("${Missing.arn}"),
  ]);
  expect([clouds.length, await get("/first")]).toEqual([0, "first"]);
  await change(
    JSON.stringify(
      program({ "GET /first": "First" }, { First: fn("first"), Slow: { ...fn("slow"), handler: "src/gone.x" } }),
    ),
  );
  await expect.poll(() => clouds.length).toBe(1);
  expect(String(errors[2])).toContain("src/gone.x has no source file");
  expect(await get("/first")).toBe("first");
});
