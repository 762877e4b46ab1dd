import { randomUUID } from "node:crypto";
import { apiScope } from "@daybook/core/account/account.scopes";
import { originSecretHeader } from "@daybook/core/contract/edge";
import type { Operation } from "@daybook/core/contract/operation";
import type { TestContext } from "@daybook/core/test-context";

/** The secret that the edge sends with each request. */
export const secret = "the-secret-of-the-edge";

interface Request {
  readonly params: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

/** Returns the event of a request, as API Gateway sends it. */
export function httpEvent(
  { actor }: TestContext,
  { method, path: route }: Pick<Operation, "method" | "path">,
  { params, query, body }: Request,
): object {
  const path = Object.entries(params).reduce<string>((text, [name, value]) => text.replace(`{${name}}`, value), route);
  const claims = { sub: actor.userId.replace("usr_", ""), token_use: "access", scope: apiScope };
  return {
    version: "2.0",
    routeKey: `${method} ${route}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      [originSecretHeader]: secret,
      host: "daybook.test",
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    requestContext: {
      accountId: "000000000000",
      apiId: "bench",
      domainName: "daybook.test",
      domainPrefix: "bench",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" },
      requestId: randomUUID(),
      routeKey: `${method} ${route}`,
      stage: "$default",
      time: "21/Nov/2026:10:00:00 +0000",
      timeEpoch: 1_795_255_200_000,
      authorizer: { jwt: { claims } },
    },
    isBase64Encoded: false,
    pathParameters: params,
    ...(query && { queryStringParameters: query }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}
