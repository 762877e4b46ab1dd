import { describe, expect, it } from "vitest";
import { arnOf, memoryLog, testFunction, testGraph } from "../lambda/fixtures.ts";
import { startGateway } from "./gateway.ts";

const stages = (...named: readonly Readonly<Record<string, unknown>>[]) =>
  testGraph({
    functions: [testFunction("List", {})],
    routes: { Api: { "GET /todos": { function: arnOf("List") }, "GET /": { function: arnOf("List") } } },
    resources: {
      "aws:apigatewayv2:Api": { Api: { id: "api1" } },
      "aws:apigatewayv2:Stage": Object.fromEntries(named.map((stage, i) => [`Stage${i}`, { apiId: "api1", ...stage }])),
    },
  });

/**
 * Starts an API with these stages and requests each path. Returns the event's stage and paths, or the status of an
 * error.
 */
async function answersOf(paths: readonly string[], ...named: readonly Readonly<Record<string, unknown>>[]) {
  const gateway = await startGateway({
    graph: stages(...named),
    log: memoryLog(),
    principals: new Map(),
    jwks: async () => ({ keys: [] }),
    invoker: { invoke: async (_, event) => ({ ok: true, result: { statusCode: 200, body: JSON.stringify(event) } }) },
  });
  const answers = [];
  for (const path of paths) {
    const response = await fetch(`${gateway.urls.Api}${path}`);
    const { requestContext, rawPath } = await response.json();
    answers.push(response.ok ? [requestContext.stage, rawPath, requestContext.http.path] : response.status);
  }
  await gateway.close();
  return answers;
}

describe("a stage", () => {
  it("named $default is not part of the path", async () => {
    expect(await answersOf(["/todos", "/$default/todos"], { name: "$default" })).toEqual([
      ["$default", "/todos", "/todos"],
      404,
    ]);
  });

  it("with another name is the first segment, which the event's path includes", async () => {
    expect(await answersOf(["/v2/todos", "/v2", "/todos", "/v2x/todos"], { name: "v2" })).toEqual([
      ["v2", "/v2/todos", "/v2/todos"],
      ["v2", "/v2", "/v2"],
      404,
      404,
    ]);
  });

  it("has its own throttles", async () => {
    const one = { throttlingRateLimit: 0.001, throttlingBurstLimit: 1 };
    const answers = await answersOf(
      ["/todos", "/todos", "/v2/todos", "/v2/todos"],
      { name: "$default", defaultRouteSettings: one },
      { name: "v2", routeSettings: [{ routeKey: "GET /todos", ...one }] },
    );
    expect(answers).toEqual([["$default", "/todos", "/todos"], 429, ["v2", "/v2/todos", "/v2/todos"], 429]);
  });
});
