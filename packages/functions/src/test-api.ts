import { originSecretHeader } from "@daybook/core/contract/edge";
import { connect } from "@daybook/core/db/table";
import { startTestTable, type TestTable } from "@daybook/core/db/test-table";
import type { Context } from "aws-lambda";
import { vi } from "vitest";
import type { HttpEvent, HttpResponse } from "./http/event.ts";

export const origin = "https://daybook.test";
export const originSecret = "the-secret-of-the-edge";

/** A request in a test. Everything else is as API Gateway would send it. */
export interface TestRequest {
  readonly method?: string;
  readonly path?: string;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly cookies?: string[];
  readonly body?: unknown;
  /** Text of a body that is not JSON. */
  readonly rawBody?: string;
  /** `sub` claim of the signed-in user. */
  readonly sub?: string;
  readonly tokenUse?: string;
  /** Remaining time of the function. */
  readonly remainingMilliseconds?: number;
}

/** A response with its parsed body. */
export interface TestResponse extends HttpResponse {
  // Bodies have any shape; the tests' expectations check them.
  readonly json: Record<string, unknown> & Record<string, unknown>[];
}

/** Starts a database and links the resources of a deployment. Call it before the first handler is imported. */
export async function startTestApi(links: Record<string, unknown> = {}): Promise<TestTable> {
  const table = await startTestTable();
  const all = {
    App: { name: "daybook", stage: "test" },
    TableName: { name: table.name },
    Origin: { url: origin },
    OriginSecrets: { accepted: [originSecret, "the-next-secret"] },
    ...links,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(`SST_RESOURCE_${name}`, JSON.stringify(value));
  // The import connects the table. Connect it again, to the engine of this test.
  await import("./database.ts");
  connect(() => table.name, table.config);
  return table;
}

/** Captures the lines that the functions log. Call it before the first handler is imported. */
export function captureLog(): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
  return lines;
}

type Handler = (event: HttpEvent, context: Context) => Promise<HttpResponse>;

/** Calls a handler like API Gateway. */
export async function invoke(handler: Handler, request: TestRequest = {}): Promise<TestResponse> {
  const response = await handler(eventOf(request), contextOf(request));
  return { ...response, json: response.body === undefined ? undefined : JSON.parse(response.body) };
}

export const contextOf = ({
  remainingMilliseconds = 10_000,
}: Pick<TestRequest, "remainingMilliseconds"> = {}): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: "test",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:000000000000:function:test",
  memoryLimitInMB: "128",
  awsRequestId: "lambda-request",
  logGroupName: "test",
  logStreamName: "test",
  getRemainingTimeInMillis: () => remainingMilliseconds,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});

function eventOf(request: TestRequest): HttpEvent {
  const { method = "GET", path = "/", params, query, cookies, sub, body, rawBody } = request;
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const claims = { sub, token_use: request.tokenUse ?? "access", scope: "daybook/api" };
  return {
    version: "2.0",
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      [originSecretHeader]: originSecret,
      ...(text !== undefined && { "content-type": "application/json" }),
      ...request.headers,
    },
    requestContext: {
      accountId: "000000000000",
      apiId: "test",
      domainName: "test",
      domainPrefix: "test",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "request-1",
      routeKey: `${method} ${path}`,
      stage: "$default",
      time: "21/Nov/2026:10:00:00 +0000",
      timeEpoch: 1_795_255_200_000,
      ...(sub !== undefined && { authorizer: { jwt: { claims } } }),
    },
    isBase64Encoded: false,
    ...(params && { pathParameters: params }),
    ...(query && { queryStringParameters: query }),
    ...(cookies && { cookies }),
    ...(text !== undefined && { body: text }),
  };
}
