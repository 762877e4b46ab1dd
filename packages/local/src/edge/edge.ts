import { randomBytes } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { type Duplex, pipeline } from "node:stream";
import type { Emulator, Invoker, Log } from "../emulator.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { listen } from "../http.ts";
import { inputsOf } from "../inputs.ts";
import { cacheStatus } from "./cache.ts";
import { compress } from "./compress.ts";
import { type Behavior, behaviorOf, type DistributionInputs, encodingsOf, unsupportedParts } from "./distribution.ts";
import { keyValuesOf } from "./key-values.ts";
import { type OriginRequest, type OriginResponse, plainResponse } from "./origin.ts";
import { createOrigins } from "./origins.ts";
import { passUpgrade } from "./proxy.ts";
import { withPolicy } from "./response-headers.ts";
import { changedRequest, functionResponse, viewerEvent } from "./viewer-event.ts";
import { type ViewerRequestFunction, viewerRequestFunction } from "./viewer-function.ts";

export interface EdgeOptions {
  readonly graph: ResolvedGraph;
  /** The folder that a bucket's files are named from. */
  readonly root: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly gateway: Pick<Gateway, "urls">;
  readonly invoker: Invoker;
  readonly log: Log;
  /** A development server that takes the place of the site's functions and files, its WebSocket included. */
  readonly siteOverride?: URL;
}

export interface Edge extends Emulator {
  readonly url: string;
}

const source = "edge";

/** What CloudFront tells the origin of itself and of the viewer. */
function originHeaders(viewer: IncomingMessage, encodings: readonly string[], id: string): Record<string, string> {
  const address = viewer.socket.remoteAddress ?? "127.0.0.1";
  const passed = viewer.headers["x-forwarded-for"];
  const taken = viewer.headers["accept-encoding"] ?? "";
  const wanted = encodings.filter((encoding) => String(taken).includes(encoding));
  return {
    via: "1.1 localhost (CloudFront)",
    "x-amz-cf-id": id,
    "x-forwarded-for": passed === undefined ? address : `${passed}, ${address}`,
    "x-forwarded-proto": "http",
    ...(wanted.length > 0 && { "accept-encoding": wanted.join(",") }),
  };
}

/** Runs a distribution: behavior, viewer-request function, origin. */
function createDistribution(distribution: Resource, options: EdgeOptions) {
  const { graph, root, log } = options;
  const { origins = [] } = inputsOf<DistributionInputs>(distribution);
  const functions = new Map<string, ViewerRequestFunction>(
    graph.all("aws:cloudfront:Function").map((resource) => {
      const [store = ""] = inputsOf<{ keyValueStoreAssociations: string[] }>(resource).keyValueStoreAssociations ?? [];
      return [resource.arn ?? resource.id, viewerRequestFunction(resource, keyValuesOf(graph, store, root), log)];
    }),
  );
  const origin = createOrigins(options);

  async function respond(viewer: IncomingMessage, behavior: Behavior, id: string): Promise<OriginResponse> {
    if (behavior.allowedMethods && !behavior.allowedMethods.includes(viewer.method ?? "")) {
      return plainResponse(403, `This distribution does not allow ${viewer.method} here.\n`);
    }
    const association = behavior.functionAssociations?.find(({ eventType }) => eventType === "viewer-request");
    const event = viewerEvent(viewer);
    const run = association && functions.get(association.functionArn);
    const result = run ? await run(event) : { request: event.request, originDomain: undefined };
    if ("response" in result) return functionResponse(result.response);
    const { uri, query, headers } = changedRequest(result.request, viewer);
    const { host: _, "accept-encoding": __, ...forwarded } = headers;
    const target = origins.find(({ originId }) => originId === behavior.targetOriginId)?.domainName;
    const request: OriginRequest = {
      method: viewer.method ?? "GET",
      url: query === "" ? uri : `${uri}?${query}`,
      headers: { ...forwarded, ...originHeaders(viewer, encodingsOf(graph, behavior), id) },
      body: viewer,
    };
    return origin.call(result.originDomain ?? target ?? "", request, viewer);
  }

  return {
    close: origin.close,
    /** The answer of the distribution as the viewer sees it. */
    async answer(viewer: IncomingMessage): Promise<OriginResponse> {
      const id = randomBytes(42).toString("base64url");
      const behavior = behaviorOf(distribution, (viewer.url ?? "/").split("?")[0] ?? "/");
      if (!behavior) return plainResponse(404, "The distribution has no behavior for this path.\n");
      const answered = await respond(viewer, behavior, id);
      const policy = graph
        .all("aws:cloudfront:ResponseHeadersPolicy")
        .find((each) => each.id === behavior.responseHeadersPolicyId);
      const headers = {
        ...withPolicy(answered.headers, policy),
        via: "1.1 localhost (CloudFront)",
        "x-amz-cf-id": id,
        "x-cache": cacheStatus(answered),
      };
      return compress({ ...answered, headers }, encodingsOf(graph, behavior), viewer);
    },
  };
}

function send(response: ServerResponse, { status, headers, body }: OriginResponse, method: string | undefined): void {
  response.writeHead(status, headers);
  if (!body || method === "HEAD" || status === 304 || status === 204) {
    body?.destroy();
    response.end();
  } else pipeline(body, response, () => {});
}

/** One line for what no other part of the cloud logs: pages, and files that are not there. */
function logAnswer(
  log: Log,
  { method, url }: IncomingMessage,
  { status, from, requestId }: OriginResponse,
  ms: number,
): void {
  const path = (url ?? "/").split("?")[0];
  if (from === undefined) return;
  const line = `${method} ${path} ${status} ${ms} ms ${from}`;
  if (status >= 500) log.error(source, line, requestId);
  else log.info(source, line, requestId);
}

/** CloudFront: the distribution of the graph on one port, with its own functions, in front of APIs, function URLs and files. */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { graph, port, log, siteOverride } = options;
  const [resource] = graph.all("aws:cloudfront:Distribution");
  const distribution = resource && createDistribution(resource, options);
  for (const part of resource ? unsupportedParts(resource) : [])
    log.warn(source, `${resource?.name}: ${part}: not carried out here`);
  const missing = () => Promise.resolve(plainResponse(404, "The graph has no distribution.\n"));

  const server = http.createServer(async (request, response) => {
    const startedAt = performance.now();
    const answer = await (distribution?.answer(request) ?? missing()).catch((error: unknown) => {
      // A viewer that has gone away is no fault of the edge.
      if (!request.destroyed)
        log.error(source, error instanceof Error ? (error.stack ?? error.message) : String(error));
      return plainResponse(502, "The edge could not make an answer; its log says why.\n");
    });
    send(response, answer, request.method);
    logAnswer(log, request, answer, Math.round(performance.now() - startedAt));
  });
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    if (siteOverride) passUpgrade(request, socket, head, siteOverride);
    else socket.end("HTTP/1.1 501 Not Implemented\r\nconnection: close\r\n\r\n");
  });
  const listening = await listen(server, port);
  return {
    name: "edge",
    url: `http://localhost:${listening.port}`,
    async close() {
      distribution?.close();
      for (const socket of upgraded) socket.destroy();
      await listening.close();
    },
  };
}
