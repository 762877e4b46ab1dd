import { describe, expect, it } from "vitest";
import { failed, lambda, ok } from "./test-functions.ts";

describe("an invocation", () => {
  it("passes event and response as JSON, by name, physical name or ARN", async () => {
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

  it("passes Lambda's context to the handler", async () => {
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

  it("shows the handler its environment and nothing of the developer's", async () => {
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

  it("collects the output of a streaming handler", async () => {
    const body = Buffer.from("one two").toString("base64");
    expect(await lambda.invoke("streams", {})).toEqual(
      ok({ statusCode: 201, headers: { "x-a": "b" }, cookies: ["c=d"], body, isBase64Encoded: true }),
    );
  });

  it("supports callbacks in runtimes that have them, and refuses to start such a handler in newer ones", async () => {
    expect(await lambda.invoke("oldCallback", {})).toEqual(ok("called back"));
    expect(await lambda.invoke("withCallback", {})).toEqual(failed({ errorType: "Runtime.CallbackHandlerDeprecated" }));
  });
});

describe("a failed invocation", () => {
  it("returns Lambda's error format", async () => {
    expect(await lambda.invoke("fails", {})).toEqual(
      failed({
        errorType: "TypeError",
        errorMessage: "not what I expected",
        trace: expect.arrayContaining(["TypeError: not what I expected"]),
      }),
    );
    expect(await lambda.invoke("throwsText", {})).toEqual(failed({ errorType: "string", errorMessage: "a bare text" }));
  });

  it("names the error that keeps a function from starting", async () => {
    expect(await lambda.invoke("unexported", {})).toEqual(
      failed({ errorType: "Runtime.HandlerNotFound", errorMessage: "all.nobody is undefined or not exported" }),
    );
    expect(await lambda.invoke("brokenStart", {})).toEqual(failed({ errorType: "Error", errorMessage: "no table" }));
    expect(await lambda.invoke("missing", {})).toEqual(
      failed({ errorType: "Runtime.ImportModuleError", errorMessage: "not/built/index.handler has not been built" }),
    );
    expect(await lambda.invoke("nowhere", {})).toMatchObject({
      error: { errorType: "ResourceNotFoundException" },
      refusal: 404,
    });
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

  it.each(["never", "spins"])("ends the instance on a timeout (%s)", async (name) => {
    expect(await lambda.invoke(name, {}, "req-3")).toEqual(
      failed({
        errorType: "Sandbox.Timedout",
        errorMessage: "RequestId: req-3 Error: Task timed out after 0.30 seconds",
      }),
    );
    expect(lambda.instancesOf(name)).toBe(0);
  });

  it("refuses payloads over 6 MB in both directions, and responses that are not JSON", async () => {
    expect(await lambda.invoke("echo", "x".repeat(7 * 1024 * 1024))).toMatchObject({
      error: { errorType: "RequestEntityTooLargeException" },
      refusal: 413,
    });
    expect(await lambda.invoke("big", {})).toEqual(failed({ errorType: "Function.ResponseSizeTooLarge" }));
    expect(await lambda.invoke("circular", {})).toEqual(failed({ errorType: "Runtime.JSONStringifyError" }));
  });
});
