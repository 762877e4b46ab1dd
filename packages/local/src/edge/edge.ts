import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { type Duplex, pipeline } from "node:stream";
import { graceMs } from "../closing.ts";
import { listen } from "../http.ts";
import type { Emulator, Log } from "../service-types.ts";
import { aboutAnswer, aboutPath } from "./about.ts";
import { unsupportedParts } from "./distribution-config.ts";
import { createDistribution } from "./distribution-handler.ts";
import type { EdgeOptions } from "./edge-options.ts";
import { type OriginResponse, plainResponse } from "./origins/origin.ts";
import { passUpgrade } from "./origins/proxy.ts";

export interface Edge extends Emulator {
  readonly url: string;
  /**
   * Drops the cached responses for the given paths, as an invalidation of the distribution does.
   * @param paths each starts with a slash and may end with `*`: `/*` matches everything
   * @returns the number of dropped responses
   */
  invalidate(paths: readonly string[]): number;
}

const source = "edge";

function send(response: ServerResponse, { status, headers, body }: OriginResponse, method: string | undefined): void {
  // The viewer has disconnected. Do not write to it, so that it cannot fail the responses of other viewers.
  if (response.destroyed) {
    body?.destroy();
    return;
  }
  response.writeHead(status, headers);
  if (!body || method === "HEAD" || status === 304 || status === 204) {
    body?.destroy();
    response.end();
  } else pipeline(body, response, () => {});
}

/** Logs one line for a response that no other service logs: pages, and missing files. */
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

/**
 * Starts CloudFront: the distribution of the graph on one port, with its functions, in front of APIs, function URLs and
 * files.
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { graph, port, log, siteOverride, about } = options;
  const [resource, ...others] = graph.all("aws:cloudfront:Distribution");
  const distribution = resource && createDistribution(resource, options);
  for (const part of resource ? unsupportedParts(graph, resource) : [])
    log.warn(source, `${resource?.name}: not supported: ${part}`);
  for (const { name } of others) log.warn(source, `${name}: not supported: a second distribution`);
  const missing = () => Promise.resolve(plainResponse(404, "The graph has no distribution.\n"));

  // Other upgrades are ignored, and the request gets a normal response. On AWS, no origin behind the distribution
  // accepts an upgrade.
  const shouldUpgradeCallback = ({ headers }: IncomingMessage) =>
    siteOverride !== undefined && headers.upgrade?.toLowerCase() === "websocket";
  // The distribution, not Node, refuses a request that is too long.
  const server = http.createServer({ maxHeaderSize: 65_536, shouldUpgradeCallback }, async (request, response) => {
    const startedAt = performance.now();
    if (about && request.url === aboutPath) return send(response, aboutAnswer(request, about), request.method);
    const answer = await (distribution?.answer(request) ?? missing()).catch((error: unknown) => {
      // A disconnected viewer is not an error of the edge.
      if (!response.destroyed)
        log.error(source, error instanceof Error ? (error.stack ?? error.message) : String(error));
      return plainResponse(502, "The edge failed. See its log.\n");
    });
    send(response, answer, request.method);
    logAnswer(log, request, answer, Math.round(performance.now() - startedAt));
  });
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    if (siteOverride) passUpgrade(request, socket, head, siteOverride);
  });
  server.on("connect", (_request, socket) => socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n"));
  const listening = await listen(server, port, graceMs);
  return {
    url: `http://localhost:${listening.port}`,
    invalidate: (paths) => distribution?.invalidate(paths) ?? 0,
    async close() {
      for (const socket of upgraded) socket.destroy();
      await listening.close();
      distribution?.close();
    },
  };
}
