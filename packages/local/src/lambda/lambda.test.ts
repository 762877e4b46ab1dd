import { afterAll, describe, expect, it } from "vitest";
import { memoryLog, temporaryFolder, testFunction, testGraph } from "./fixtures.ts";
import { startLambda } from "./lambda.ts";

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

const names = [...source.matchAll(/export const (\w+)/g)].map(([, name = ""]) => name);
const disk = temporaryFolder({
  "src/all.ts": source,
  "src/broken-start.ts": `throw new Error("no table"); export const handler = () => {};`,
});
const log = memoryLog();
const graph = testGraph({
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
const start = (options: { idleMs?: number; maxInstances?: number } = {}) =>
  startLambda({
    graph,
    root: disk.folder,
    cacheFolder: `${disk.folder}/cache`,
    environment: (fn) => ({ AWS_ACCESS_KEY_ID: `key of ${fn.name}` }),
    log,
    ...options,
  });
const lambda = await start();
afterAll(async () => {
  await lambda.close();
  disk.remove();
});

const ok = (result: unknown) => ({ ok: true, result });
const failed = (error: object) => ({ ok: false, error: expect.objectContaining(error) });

describe("an invocation", () => {
  it("passes event and answer as JSON, by name, physical name or ARN", async () => {
    const event = { a: [1, null, "ä"], gone: undefined };
    for (const reference of [
      "echo",
      "test-local-echo",
      "arn:aws:lambda:eu-west-1:000000000000:function:test-local-echo",
    ]) {
      expect(await lambda.invoke(reference, event)).toEqual(ok({ a: [1, null, "ä"] }));
    }
    expect(await lambda.invoke("nothing", {})).toEqual(ok(null));
  });

  it("gives the handler Lambda's context", async () => {
    expect(await lambda.invoke("context", {}, "req-1")).toEqual(
      ok({
        awsRequestId: "req-1",
        functionName: "test-local-context",
        functionVersion: "$LATEST",
        invokedFunctionArn: "arn:aws:lambda:eu-west-1:000000000000:function:test-local-context",
        memoryLimitInMB: "128",
        logGroupName: "/aws/lambda/test-local-context",
        logStreamName: expect.stringMatching(/\[\$LATEST\]/),
        remaining: expect.toSatisfy((ms: number) => ms > 9_000 && ms <= 10_000),
      }),
    );
  });

  it("shows the handler its own environment and nothing of the developer's", async () => {
    const { result } = { result: {}, ...(await lambda.invoke("linked", {})) };
    expect(result).toMatchObject({
      GREETING: "hello",
      SST_RESOURCE_Table: '{"name":"todos"}',
      SST_RESOURCE_App: '{"name":"test","stage":"local"}',
      AWS_ACCESS_KEY_ID: "key of linked",
      AWS_REGION: "eu-west-1",
      AWS_LAMBDA_FUNCTION_NAME: "test-local-linked",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      _HANDLER: "all.environment",
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
      TZ: ":UTC",
    });
    expect(Object.keys(result ?? {})).not.toEqual(expect.arrayContaining(["HOME"]));
    expect(Object.keys(result ?? {}).filter((name) => /^(npm_|VITEST|NODE_|USER|SHELL)/.test(name))).toEqual([]);
  });

  it("collects what a streaming handler writes", async () => {
    const body = Buffer.from("one two").toString("base64");
    expect(await lambda.invoke("streams", {})).toEqual(
      ok({ statusCode: 201, headers: { "x-a": "b" }, cookies: ["c=d"], body, isBase64Encoded: true }),
    );
  });

  it("answers by callback in a runtime that still has them, and refuses to start in one that has not", async () => {
    expect(await lambda.invoke("oldCallback", {})).toEqual(ok("called back"));
    expect(await lambda.invoke("withCallback", {})).toEqual(failed({ errorType: "Runtime.CallbackHandlerDeprecated" }));
  });
});

describe("an invocation that fails", () => {
  it("answers in Lambda's error shape", async () => {
    expect(await lambda.invoke("fails", {})).toEqual(
      failed({
        errorType: "TypeError",
        errorMessage: "not what I expected",
        trace: expect.arrayContaining(["TypeError: not what I expected"]),
      }),
    );
    expect(await lambda.invoke("throwsText", {})).toEqual(failed({ errorType: "string", errorMessage: "a bare text" }));
  });

  it("names what keeps a function from starting", async () => {
    expect(await lambda.invoke("unexported", {})).toEqual(
      failed({ errorType: "Runtime.HandlerNotFound", errorMessage: "all.nobody is undefined or not exported" }),
    );
    expect(await lambda.invoke("brokenStart", {})).toEqual(failed({ errorType: "Error", errorMessage: "no table" }));
    expect(await lambda.invoke("missing", {})).toEqual(
      failed({ errorType: "Runtime.ImportModuleError", errorMessage: "not/built/index.handler has not been built" }),
    );
    expect(await lambda.invoke("nowhere", {})).toEqual(failed({ errorType: "ResourceNotFoundException" }));
  });

  it.each([
    ["an uncaught exception", "uncaught", { errorType: "RangeError", errorMessage: "out of the blue" }],
    [
      "an unhandled rejection",
      "rejects",
      { errorType: "Runtime.UnhandledPromiseRejection", errorMessage: "Error: nobody caught me" },
    ],
    [
      "an exit",
      "exits",
      {
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: req-2 Error: Runtime exited with error: exit status 3",
      },
    ],
    [
      "too little memory",
      "hoards",
      {
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: req-2 Error: Runtime exited with error: signal: killed",
      },
    ],
  ])("ends the instance after %s", async (_, name, error) => {
    expect(await lambda.invoke(name, {}, "req-2")).toEqual(failed(error));
    expect(lambda.instancesOf(name)).toBe(0);
  });

  it.each(["never", "spins"])("ends the instance when its time is over (%s)", async (name) => {
    expect(await lambda.invoke(name, {}, "req-3")).toEqual(
      failed({
        errorType: "Sandbox.Timedout",
        errorMessage: "RequestId: req-3 Error: Task timed out after 0.30 seconds",
      }),
    );
    expect(lambda.instancesOf(name)).toBe(0);
  });

  it("refuses payloads over 6 MB, in and out, and answers that are not JSON", async () => {
    expect(await lambda.invoke("echo", "x".repeat(7 * 1024 * 1024))).toEqual(
      failed({ errorType: "RequestEntityTooLargeException" }),
    );
    expect(await lambda.invoke("big", {})).toEqual(failed({ errorType: "Function.ResponseSizeTooLarge" }));
    expect(await lambda.invoke("circular", {})).toEqual(failed({ errorType: "Runtime.JSONStringifyError" }));
  });
});

describe("instances", () => {
  it("are reused when idle: the module's state stays", async () => {
    const first = await lambda.invoke("where", {});
    expect(first).toEqual(ok({ thread: expect.any(Number), calls: 1 }));
    expect(await lambda.invoke("where", {})).toEqual(ok({ ...("result" in first && Object(first.result)), calls: 2 }));
    expect(lambda.instancesOf("where")).toBe(1);
  });

  it("handle one event at a time; more events start more of them", async () => {
    const threads = await Promise.all([1, 2, 3].map(() => lambda.invoke("slowly", { ms: 30 })));
    expect(new Set(threads.map((each) => each.ok && each.result)).size).toBe(3);
  });

  it("are no more than the reserved concurrency; further events wait", async () => {
    const threads = await Promise.all([1, 2, 3, 4, 5].map(() => lambda.invoke("reserved", { ms: 20 })));
    expect(threads.every(({ ok }) => ok)).toBe(true);
    expect(new Set(threads.map((each) => each.ok && each.result)).size).toBe(2);
    expect(lambda.instancesOf("reserved")).toBe(2);
    expect(await lambda.invoke("closed", {})).toEqual(failed({ errorType: "TooManyRequestsException" }));
  });

  it("end when they have been idle for long, or when others need the room", async () => {
    const brief = await start({ idleMs: 20 });
    await brief.invoke("echo", 1);
    await expect.poll(() => brief.instancesOf("echo")).toBe(0);
    await brief.close();
    const small = await start({ maxInstances: 1 });
    await small.invoke("echo", 1);
    await small.invoke("where", 1);
    expect([small.instancesOf("echo"), small.instancesOf("where")]).toEqual([0, 1]);
    await small.close();
  });

  it("end with the emulator, and events in flight are answered", async () => {
    const own = await start();
    const inFlight = own.invoke("slowly", { ms: 60_000 });
    await expect.poll(() => own.instancesOf("slowly")).toBe(1);
    await own.close();
    expect(await inFlight).toEqual(failed({ errorType: "Runtime.ExitError" }));
    expect(await own.invoke("slowly", {})).toEqual(failed({ errorType: "ServiceException" }));
    await own.close();
  });
});

describe("what a function prints", () => {
  it("goes to the log in order, with the function and the request, structured lines in short", async () => {
    await lambda.invoke("logs", {}, "req-4");
    expect(log.lines.filter(({ source, message }) => source === "logs" && !message.startsWith("cold start"))).toEqual([
      { level: "info", source: "logs", message: "plain", requestId: "req-4" },
      { level: "error", source: "logs", message: "bad", requestId: "req-4" },
      { level: "warn", source: "logs", message: "todo is late todoId=tod_1", requestId: "req-9" },
    ]);
  });

  it("is followed by the error that the handler ended with", async () => {
    await lambda.invoke("fails", {}, "req-5");
    expect(log.lines.findLast(({ requestId }) => requestId === "req-5")).toMatchObject({
      level: "error",
      source: "fails",
      message: expect.stringContaining("TypeError: not what I expected\n    at "),
    });
  });
});
