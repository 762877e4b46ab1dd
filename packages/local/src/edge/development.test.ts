import http from "node:http";
import net from "node:net";
import { describe, expect, it } from "vitest";
import { listen } from "../http.ts";
import { startEdge } from "./edge.ts";
import { shared } from "./fixture.ts";

describe("a development server in place of the site", () => {
  it("receives pages, files and WebSockets unchanged, while API requests go to the API", async () => {
    const server = http.createServer((request, response) =>
      response.end(`dev ${request.method} ${request.url} ${request.headers.host}`),
    );
    server.on("upgrade", (request, socket) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n${request.url} `,
      );
      socket.pipe(socket);
    });
    const dev = await listen(server, 0);
    const own = await startEdge({ ...shared, siteOverride: new URL(`http://127.0.0.1:${dev.port}`) });
    const { host, port } = new URL(own.url);
    for (const path of ["/todos?x=1", "/_next/static/app.js"]) {
      expect(await (await fetch(own.url + path)).text()).toBe(`dev GET ${path} ${host}`);
    }
    expect(await (await fetch(`${own.url}/v1/todos`)).json()).toMatchObject({ url: "/v1/todos" });
    const socket = net.connect(Number(port), "127.0.0.1");
    socket.write(`GET /_next/hmr HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`);
    let received = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      received += text;
      if (received.endsWith("/_next/hmr ")) socket.write("ping");
    });
    await expect.poll(() => received).toMatch(/^HTTP\/1.1 101 [\s\S]*\/_next\/hmr ping$/);
    await own.close();
    await dev.close();
  });

  it("finishes responses in progress when it closes", async () => {
    const [arrived, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const server = http.createServer(async (_, response) => {
      arrived.resolve();
      await released.promise;
      response.end("late");
    });
    const dev = await listen(server, 0);
    const own = await startEdge({ ...shared, siteOverride: new URL(`http://127.0.0.1:${dev.port}`) });
    const answer = fetch(own.url).then((response) => response.text());
    await arrived.promise;
    const closed = own.close();
    await expect.poll(() => fetch(own.url).catch(() => "refused")).toBe("refused");
    released.resolve();
    expect(await answer).toBe("late");
    await Promise.all([closed, dev.close()]);
  });
});
