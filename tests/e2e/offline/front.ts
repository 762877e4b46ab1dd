import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { openSecondBuild } from "./second-build.ts";

/** A proxy between the browser and the local cloud. It can stop, and can serve another build of the app. */
export interface Front {
  readonly url: string;
  /** The build to serve. `keepsEarlier` decides whether the chunks of the first build remain available. */
  build: "first" | "second";
  keepsEarlier: boolean;
  /** Responses by path that replace those of the build. */
  readonly instead: Map<string, { type: string; text: string }>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

function forward(request: IncomingMessage, target: URL, path: string): Promise<IncomingMessage> {
  const { "if-none-match": _tag, "if-modified-since": _time, ...asked } = request.headers;
  // Drops conditional headers: the browser's copy may be of the other build, so a 304 would be wrong.
  const headers = { ...asked, host: target.host, "accept-encoding": "identity" };
  // The API accepts session requests only from its own origin.
  if (headers.origin !== undefined) headers.origin = target.origin;
  return new Promise((resolve, reject) => {
    const sent = http.request(new URL(path, target), { method: request.method ?? "GET", headers }, resolve);
    sent.on("error", reject);
    request.pipe(sent);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Starts the proxy on a free port, which it keeps after a restart. */
export async function openFront(cloudUrl: string): Promise<Front> {
  const target = new URL(cloudUrl);
  const second = await openSecondBuild(cloudUrl);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    const { pathname } = new URL(path, target);
    const other = front.instead.get(pathname);
    if (other) {
      response.writeHead(200, { "content-type": other.type, "cache-control": "no-cache" }).end(other.text);
      return;
    }
    const isSecond = second.isOwn(pathname);
    const isGone =
      second.isChunk(pathname) && isSecond !== (front.build === "second") && !(front.keepsEarlier && !isSecond);
    if (isGone) {
      response.writeHead(403).end();
      return;
    }
    const got = await forward(request, target, second.originalOf(path));
    const isOfBuild = front.build === "second" && (isSecond || !second.isChunk(pathname));
    if (!isOfBuild || !second.changes(got.headers["content-type"])) {
      response.writeHead(got.statusCode ?? 500, got.headers);
      await pipeline(got, response);
      return;
    }
    const { headers, body } = await second.change(pathname, got.headers, await textOf(got));
    response.writeHead(got.statusCode ?? 500, headers).end(body);
  }

  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const front: Front = {
    url: `http://localhost:${port}`,
    build: "first",
    keepsEarlier: true,
    instead: new Map(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: () => listen(port),
  };
  return front;
}
