import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EventRefusedError } from "../async-invocations/async-invocations.ts";
import type { Front } from "../iam/front.ts";
import type { InvokeResult } from "../service-types.ts";
import { callerOf, functionOf, graphOf, keptLog, region } from "../test-cloud.ts";
import { startLambdaApi } from "./lambda-api.ts";

const onJob = functionOf("onJob");
const developer = callerOf("developer");
const allowed = callerOf("allowed", [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: onJob.arn }]);
const accepted: unknown[] = [];
let answer: InvokeResult = { ok: true, result: null };
let front: Front;

beforeAll(async () => {
  front = await startLambdaApi({
    graph: graphOf({}, [onJob]),
    principals: new Map([developer.entry, allowed.entry]),
    log: keptLog(),
    invoker: {
      invoke: async (_, event) => (answer.ok && answer.result === null ? { ok: true, result: event } : answer),
      async invokeAsync(_, event) {
        if (event === "too much") throw new EventRefusedError(413, "too large");
        accepted.push(event);
      },
    },
  });
});
afterAll(() => front.close());

const invoke = (input: object, { credentials } = developer) =>
  new LambdaClient({ endpoint: front.url, region, credentials, maxAttempts: 1 }).send(
    new InvokeCommand({ FunctionName: onJob.physicalName, ...input }),
  );
const event = JSON.stringify({ title: "Büro" });

describe("Invoke", () => {
  it("returns the function's response for a name, an ARN or a partial ARN", async () => {
    answer = { ok: true, result: null };
    for (const FunctionName of [
      onJob.physicalName,
      onJob.arn,
      `${onJob.arn}:$LATEST`,
      `000000000000:function:${onJob.physicalName}`,
    ]) {
      const { StatusCode, Payload, ExecutedVersion, FunctionError } = await invoke({ FunctionName, Payload: event });
      expect([StatusCode, ExecutedVersion, FunctionError]).toEqual([200, "$LATEST", undefined]);
      expect(Payload?.transformToString()).toBe(event);
    }
    expect((await invoke({})).Payload?.transformToString()).toBe("{}");
  });

  it("reports a function error in the payload and in a header, with status 200", async () => {
    answer = { ok: false, error: { errorType: "TypeError", errorMessage: "no", trace: [] } };
    const { StatusCode, FunctionError, Payload } = await invoke({});
    expect([StatusCode, FunctionError]).toEqual([200, "Unhandled"]);
    expect(JSON.parse(Payload?.transformToString() ?? "")).toEqual({
      errorType: "TypeError",
      errorMessage: "no",
      trace: [],
    });
  });

  it("accepts an event, validates a dry run, and refuses a payload that is not JSON", async () => {
    expect((await invoke({ InvocationType: "Event", Payload: event })).StatusCode).toBe(202);
    expect(accepted).toEqual([JSON.parse(event)]);
    expect((await invoke({ InvocationType: "DryRun" })).StatusCode).toBe(204);
    await expect(invoke({ Payload: "{" })).rejects.toMatchObject({ name: "InvalidRequestContentException" });
  });

  it("returns AWS's errors for an unknown function or version, throttling and a payload that is too large", async () => {
    await expect(invoke({ FunctionName: "nobody" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Function not found: ${onJob.arn.replace(onJob.physicalName, "nobody")}`,
    });
    await expect(invoke({ Qualifier: "7" })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(invoke({ InvocationType: "Event", Payload: '"too much"' })).rejects.toMatchObject({
      name: "RequestTooLargeException",
    });
    answer = {
      ok: false,
      error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
      refusal: 429,
      reason: "ConcurrentInvocationLimitExceeded",
    };
    await expect(invoke({})).rejects.toMatchObject({
      name: "TooManyRequestsException",
      Reason: "ConcurrentInvocationLimitExceeded",
    });
  });

  it("requires the permission on the invoked function", async () => {
    answer = { ok: true, result: null };
    expect((await invoke({}, allowed)).StatusCode).toBe(200);
    await expect(invoke({ FunctionName: "other" }, allowed)).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(invoke({ Qualifier: "live" }, allowed)).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
});

it("names unsupported operations", async () => {
  const client = new LambdaClient({ endpoint: front.url, region, credentials: developer.credentials, maxAttempts: 1 });
  await expect(client.send(new ListFunctionsCommand())).rejects.toThrow(
    "does not support Lambda's GET /2015-03-31/functions",
  );
});
