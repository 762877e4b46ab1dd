import http, { type IncomingMessage } from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { type OriginRequest, type OriginResponse, plainResponse } from "./origin.ts";

const hopByHop = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);

/**
 * Time after which idle connections are closed, in milliseconds. Shorter than the gateway's (`connectionMs`), so that
 * the gateway does not close a connection while a request is sent. It would be unknown whether that request arrived.
 */
const idleMs = 30_000;

/** Forwards requests to servers and streams both bodies. Connections are kept alive. */
export function createProxy() {
  const agent = new http.Agent({ keepAlive: true, timeout: idleMs });
  return {
    async pass(request: OriginRequest, origin: URL, host: string): Promise<OriginResponse> {
      const { promise, resolve } = Promise.withResolvers<OriginResponse>();
      const { method, url, signal } = request;
      const options = { agent, method, path: url, headers: { ...request.headers, host }, ...(signal && { signal }) };
      const outgoing = http.request(origin, options, (answer) => {
        const kept = Object.entries(answer.headers).filter(([name]) => !hopByHop.has(name));
        resolve({ status: answer.statusCode ?? 502, headers: Object.fromEntries(kept), body: answer });
      });
      outgoing.on("error", (error) =>
        resolve({
          ...plainResponse(502, `The origin ${origin.host} does not answer: ${error.message}\n`),
          from: origin.host,
        }),
      );
      request.body.on("close", () => !request.body.readableEnded && outgoing.destroy());
      request.body.pipe(outgoing);
      return promise;
    },
    close: () => agent.destroy(),
  };
}

/** Forwards an upgraded connection (WebSocket) to a server. */
export function passUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, origin: URL): void {
  const upstream = net.connect(Number(origin.port || 80), origin.hostname, () => {
    const lines = request.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1]}`] : []));
    upstream.write([`${request.method} ${request.url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
    upstream.write(head);
    socket.pipe(upstream).pipe(socket);
  });
  const end = () => {
    socket.destroy();
    upstream.destroy();
  };
  for (const side of [socket, upstream]) side.on("error", end).on("close", end);
}
