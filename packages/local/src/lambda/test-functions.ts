import { afterAll, expect } from "vitest";
import { memoryLog, temporaryFolder, testFunction, testGraph } from "./fixtures.ts";
import { type LambdaOptions, startLambda } from "./lambda.ts";

const source = `
import { threadId } from "node:worker_threads";
let calls = 0;
export const echo = async (event) => event;
export const where = async () => ({ thread: threadId, calls: ++calls });
export const environment = async () => ({ ...process.env });
export const context = async (_event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });
export const fails = async () => { throw new TypeError("not what I expected"); };
export const throwsText = async () => { throw "a bare text"; };
export const never = () => new Promise(() => {});
export const spins = () => { for (;;) {} };
export const exits = () => process.exit(3);
export const uncaught = () => new Promise(() => setTimeout(() => { throw new RangeError("out of the blue"); }));
export const rejects = () => new Promise(() => { Promise.reject(new Error("nobody caught me")); });
export const hoards = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };
export const big = async () => "x".repeat(7 * 1024 * 1024);
export const circular = async () => { const a = {}; a.a = a; return a; };
export const nothing = async () => {};
export const logs = async () => { console.log("plain"); console.error("bad"); console.log(JSON.stringify({ level: "WARN", message: "todo is late", todoId: "tod_1", service: "api", timestamp: "now", function_request_id: "req-9" })); };
export const slowly = (event) => new Promise((resolve) => setTimeout(() => resolve(threadId), event.ms));
export const withCallback = (event, context, callback) => callback(null, "called back");
export const streams = awslambda.streamifyResponse(async (event, stream) => {
  const body = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { "x-a": "b" }, cookies: ["c=d"] });
  body.write("one "); body.write("two"); body.end();
});
`;

export const names = [...source.matchAll(/export const (\w+)/g)].map(([, name = ""]) => name);
export const disk = temporaryFolder({
  "src/all.ts": source,
  "src/broken-start.ts": `throw new Error("no table"); export const handler = () => {};`,
});
export const log = memoryLog();
export const graph = testGraph({
  functions: [
    ...names.map((name) =>
      testFunction(name, {
        handler: `src/all.${name}`,
        timeout: name === "never" || name === "spins" ? 0.3 : 10,
        ...(name === "hoards" && { memory: 32 }),
      }),
    ),
    testFunction("oldCallback", { handler: "src/all.withCallback", runtime: "nodejs22.x" }),
    testFunction("unexported", { handler: "src/all.nobody" }),
    testFunction("brokenStart", { handler: "src/broken-start.handler" }),
    testFunction("linked", {
      handler: "src/all.environment",
      memory: 256,
      environment: { GREETING: "hello" },
      links: { Table: { name: "todos" } },
    }),
    testFunction("reserved", { handler: "src/all.slowly", concurrency: 2 }),
    testFunction("closed", { handler: "src/all.echo", concurrency: 0 }),
    testFunction("missing", { bundle: { folder: "not/built", handler: "index.handler" } }),
  ],
});
export const start = (options: Partial<LambdaOptions> = {}) =>
  startLambda({
    graph,
    root: disk.folder,
    cacheFolder: `${disk.folder}/cache`,
    environment: (fn) => ({ AWS_ACCESS_KEY_ID: `key of ${fn.name}` }),
    log,
    ...options,
  });
export const lambda = await start();
afterAll(async () => {
  await lambda.close();
  disk.remove();
});

export const ok = (result: unknown) => ({ ok: true, result });
export const failed = (error: object) => ({ ok: false, error: expect.objectContaining(error) });
