import { afterAll, describe, expect, it } from "vitest";
import type { GraphRoute } from "../graph/graph.ts";
import { signerOf } from "../iam/test-signer.ts";
import { arnOf, memoryLog, testFunction, testGraph } from "../lambda/fixtures.ts";
import type { Principal } from "../service-types.ts";
import { keys, token } from "./fixture.ts";
import { type Gateway, startGateway } from "./gateway.ts";

const fn = arnOf("Get");
const routes: Record<string, GraphRoute> = {
  $default: { function: fn },
  "GET /public": { function: fn },
  "ANY /signed/{proxy+}": { function: fn, authorization: "AWS_IAM" },
  "GET /lambda": { function: fn, authorizer: "lambda" },
  "GET /missing": { function: fn, authorizer: "removed" },
  "GET /foreign": { function: fn, authorizer: "foreign" },
  "GET /jwt": { function: fn, authorization: "JWT" },
  "GET /scopes": { function: fn, scopes: ["read"] },
  "GET /elsewhere": {},
  "GET /elsewhere-signed": { authorization: "AWS_IAM" },
};
const jwt = { authorizerType: "JWT", identitySources: ["$request.header.Authorization"], jwtConfiguration: {} };

const caller = (name: string, action: string, resource: string): Principal => ({
  name,
  secretAccessKey: `secret of ${name}`,
  arn: `arn:aws:sts::000000000000:assumed-role/${name}/${name}`,
  statements: [{ Effect: "Allow", Action: action, Resource: resource }],
});
const everything = "arn:aws:execute-api:eu-west-1:000000000000:api1/$default/GET/signed/*";
const principals = new Map([
  ["AKIAREADER", caller("reader", "execute-api:Invoke", everything)],
  ["AKIASTRANGER", caller("stranger", "dynamodb:GetItem", "*")],
]);

const events: { requestContext: Record<string, unknown> }[] = [];
const log = memoryLog();
const started: Gateway[] = [];
async function start(own: Readonly<Record<string, GraphRoute>>, api: Readonly<Record<string, unknown>> = {}) {
  const gateway = await startGateway({
    graph: testGraph({
      functions: [testFunction("Get", {})],
      routes: { Api: own },
      resources: {
        "aws:apigatewayv2:Api": { Api: { id: "api1", ...api } },
        "aws:apigatewayv2:Authorizer": {
          lambda: { apiId: "api1", authorizerType: "REQUEST" },
          foreign: { apiId: "api2", ...jwt },
        },
      },
    }),
    log,
    principals,
    jwks: async () => ({ keys }),
    invoker: {
      async invoke(_, event) {
        // The event was created by the gateway, so it has this shape.
        events.push(event as (typeof events)[number]);
        return { ok: true, result: { statusCode: 200 } };
      },
    },
  });
  started.push(gateway);
  return gateway.urls.Api ?? "";
}
const url = await start(routes);
afterAll(async () => {
  for (const gateway of started) await gateway.close();
});

/** Sends a GET request, signed if a key is given. */
async function get(path: string, accessKeyId?: string, service = "execute-api"): Promise<Response> {
  if (accessKeyId === undefined) return fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token()}` } });
  const { protocol, hostname, host } = new URL(url);
  const secretAccessKey = principals.get(accessKeyId)?.secretAccessKey ?? "unknown";
  const request = { method: "GET", protocol, hostname, path, headers: { host } };
  const { headers } = await signerOf({ accessKeyId, secretAccessKey }, service).sign(request);
  return fetch(`${url}${path}`, { headers });
}

describe("a route with unsupported authorization", () => {
  it.each([
    ["a Lambda authorizer", "/lambda"],
    ["an authorizer that does not exist", "/missing"],
    ["an authorizer of another API", "/foreign"],
    ["a kind of authorization without an authorizer", "/jwt"],
    ["scopes without an authorizer", "/scopes"],
  ])("returns 403 for %s, even if the API has a $default route", async (_, path) => {
    const before = events.length;
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([403, { message: "Forbidden" }]);
    expect(events).toHaveLength(before);
  });

  it("is named in the log when the API starts", () => {
    const named = log.lines.filter(({ level }) => level === "warn").map(({ message }) => message);
    expect(named.filter((line) => line.includes("answers 403"))).toHaveLength(5);
    expect(named).toContain("GET /lambda answers 403: lambda is not a JWT authorizer of this API");
  });

  it("returns 403 if the entry has an unknown member", async () => {
    const own = await start({ "GET /": { function: fn, ...{ policy: "own" } } });
    expect((await fetch(`${own}/`)).status).toBe(403);
  });
});

describe("a route with an unsupported integration", () => {
  it("returns 500 and does not fall through to $default", async () => {
    const before = events.length;
    expect((await get("/elsewhere")).status).toBe(500);
    expect(events).toHaveLength(before);
  });

  it("checks the authorization first", async () => {
    expect((await get("/elsewhere-signed")).status).toBe(403);
  });
});

describe("a route with IAM authorization", () => {
  it("returns 403 for a request without a signature", async () => {
    const response = await get("/signed/a");
    expect([response.status, await response.json()]).toEqual([403, { message: "Forbidden" }]);
  });

  it("calls the function for a caller with execute-api:Invoke, and passes the caller in the event", async () => {
    expect((await get("/signed/a", "AKIAREADER")).status).toBe(200);
    expect(events.at(-1)?.requestContext.authorizer).toEqual({
      iam: {
        accessKey: "AKIAREADER",
        accountId: "000000000000",
        callerId: "AKIAREADER",
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: "arn:aws:sts::000000000000:assumed-role/reader/reader",
        userId: "AKIAREADER",
      },
    });
  });

  it.each([
    ["a caller without the permission", "AKIASTRANGER", "execute-api"],
    ["an unknown key", "AKIANOBODY", "execute-api"],
    ["a signature for another service", "AKIAREADER", "lambda"],
  ])("returns 403 to %s", async (_, accessKeyId, service) => {
    expect((await get("/signed/a", accessKeyId, service)).status).toBe(403);
  });

  it("returns 403 for a method that the permission does not include", async () => {
    const response = await fetch(`${url}/signed/a`, { method: "POST", body: "{}" });
    expect(response.status).toBe(403);
  });
});

describe("a route without authorization", () => {
  it("is public, and its event has no authorizer", async () => {
    expect((await fetch(`${url}/public`)).status).toBe(200);
    expect(events.at(-1)?.requestContext).not.toHaveProperty("authorizer");
  });
});

it("returns 404 for every request if the API's own endpoint is disabled", async () => {
  const own = await start({ "GET /": { function: fn } }, { disableExecuteApiEndpoint: true });
  expect((await fetch(`${own}/`)).status).toBe(404);
});
