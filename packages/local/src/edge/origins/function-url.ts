import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { readBody } from "../../gateway/body.ts";
import { httpEvent } from "../../gateway/event.ts";
import { httpResponse } from "../../gateway/response.ts";
import type { ResolvedGraph, Resource } from "../../graph/graph.ts";
import { inputsOf } from "../../resource-inputs.ts";
import type { Invoker } from "../../service-types.ts";
import { type OriginRequest, type OriginResponse, plainResponse } from "./origin.ts";
import { functionUrlRefusal } from "./signing.ts";

/** Maximum length of a request's body, in bytes. */
const bodyLimit = 6 * 1024 * 1024;

/** Decodes a path. Returns it unchanged if it cannot be decoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Returns the function URL with this host. */
export function functionUrlOf(graph: ResolvedGraph, host: string): Resource | undefined {
  const isHost = (url: string | undefined) => url !== undefined && new URL(url).host === host;
  return graph
    .all("aws:lambda:FunctionUrl")
    .find((each) => isHost(inputsOf<{ functionUrl: string }>(each).functionUrl));
}

interface FunctionUrl {
  readonly functionUrl: string;
  readonly functionName: string;
  readonly authorizationType: string;
}

/**
 * Calls a Lambda function URL: converts the request to an event in payload format 2.0, and the function's result to a
 * response.
 */
export async function callFunctionUrl(
  resource: Resource,
  request: OriginRequest,
  graph: ResolvedGraph,
  invoker: Invoker,
): Promise<OriginResponse> {
  const { functionUrl = "", functionName = "", authorizationType } = inputsOf<FunctionUrl>(resource);
  const { host: domainName } = new URL(functionUrl);
  const requestId = randomUUID();
  const own = { from: graph.functionOf(functionName)?.name ?? functionName, requestId };
  const rawPath = request.url.split("?")[0] ?? "/";
  const body = await readBody(request.body, bodyLimit);
  if (!body) return { ...plainResponse(413, "Request Entity Too Large"), ...own };
  const refusal = authorizationType === "AWS_IAM" && functionUrlRefusal(request, body);
  if (refusal) return { ...refusal, ...own };
  const headers = { ...request.headers, host: domainName };
  const event = httpEvent(
    { method: request.method, url: request.url, headers, address: "127.0.0.1", port: 443 },
    body,
    {
      accountId: graph.account,
      apiId: domainName.split(".")[0] ?? "",
      domainName,
      requestId,
      routeKey: "$default",
      stage: "$default",
      rawPath,
      decodedPath: decoded(rawPath),
      keepsCookieHeader: true,
    },
  );
  const result = await invoker.invoke(functionName, event, requestId);
  if (!result.ok && result.refusal === 429) return { ...plainResponse(429, "Too Many Requests"), ...own };
  const response = result.ok ? httpResponse(result.result) : undefined;
  if (!response) return { ...plainResponse(502, "Internal Server Error", { "x-amzn-requestid": requestId }), ...own };
  return {
    ...own,
    status: response.status,
    headers: { ...response.headers, "content-length": response.body.length, "x-amzn-requestid": requestId },
    body: Readable.from(response.body.length > 0 ? [response.body] : []),
  };
}
