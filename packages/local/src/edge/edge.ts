import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { type Duplex, pipeline } from "node:stream";
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
   * Forgets what is kept for the paths, as an invalidation of the distribution does.
   * @param paths each begins with a slash and may end with `*`: `/*` is everything
   * @returns how many answers were forgotten
   */
  invalidate(paths: readonly string[]): number;
}

const source = "edge";

function send(response: ServerResponse, { status, headers, body }: OriginResponse, method: string | undefined): void {
  // A viewer that has gone away takes no answer, and must not bring down everybody else's.
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
  const { graph, port, log, siteOverride, about } = options;
  const [resource, ...others] = graph.all("aws:cloudfront:Distribution");
  const distribution = resource && createDistribution(resource, options);
  for (const part of resource ? unsupportedParts(graph, resource) : [])
    log.warn(source, `${resource?.name}: ${part}: not carried out here`);
  for (const { name } of others) log.warn(source, `${name}: a second distribution: not carried out here`);
  const missing = () => Promise.resolve(plainResponse(404, "The graph has no distribution.\n"));

  // An upgrade of any other kind is ignored, and the request is answered as it is: no origin of AWS behind a distribution takes one.
  const shouldUpgradeCallback = ({ headers }: IncomingMessage) =>
    siteOverride !== undefined && headers.upgrade?.toLowerCase() === "websocket";
  // What is too long is refused by the distribution, not by Node.
  const server = http.createServer({ maxHeaderSize: 65_536, shouldUpgradeCallback }, async (request, response) => {
    const startedAt = performance.now();
    if (about && request.url === aboutPath) return send(response, aboutAnswer(request, about), request.method);
    const answer = await (distribution?.answer(request) ?? missing()).catch((error: unknown) => {
      // A viewer that has gone away is no fault of the edge.
      if (!response.destroyed)
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
  });
  server.on("connect", (_request, socket) => socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n"));
  const listening = await listen(server, port);
  return {
    name: "edge",
    url: `http://localhost:${listening.port}`,
    invalidate: (paths) => distribution?.invalidate(paths) ?? 0,
    async close() {
      distribution?.close();
      for (const socket of upgraded) socket.destroy();
      await listening.close();
    },
  };
}
