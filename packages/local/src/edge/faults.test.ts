import net from "node:net";
import { beforeEach, describe, expect, it } from "vitest";
import { edge, events, log } from "./fixture.ts";

const { host, port } = new URL(edge.url);

/** Sends raw text and reads the complete response. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = net.connect(Number(port), "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8").on("data", (part: string) => {
      received += part;
    });
    socket.on("error", reject).on("close", () => resolve(received));
  });
}

const request = (line: string, ...headers: string[]) =>
  `${[line, ...headers, "connection: close"].join("\r\n")}\r\n\r\n`;
beforeEach(() => void events.splice(0));

describe("a malformed request", () => {
  it.each([
    ["HTTP/1.0 without Host", request("GET /page HTTP/1.0")],
    ["HTTP/1.1 without Host", request("GET /page HTTP/1.1")],
    ["HTTP/0.9", "GET /page\r\n\r\n"],
    ["an absolute target", request(`GET http://elsewhere.example/page HTTP/1.1`, `host: ${host}`)],
    ["OPTIONS *", request("OPTIONS * HTTP/1.1", `host: ${host}`)],
    ["CONNECT", request("CONNECT elsewhere.example:443 HTTP/1.1", `host: ${host}`)],
    ["a space in Host", request("GET /page/ HTTP/1.1", "host: evil x")],
    ["markup in Host", request("GET /page/ HTTP/1.1", "host: <x>")],
    ["a port that is none", request("GET /page/ HTTP/1.1", "host: a:99999")],
    ["a user in Host", request("GET /page/ HTTP/1.1", "host: a@b.example")],
    ["two Hosts", request("GET /page/ HTTP/1.1", `host: ${host}`, "host: evil.example")],
  ])("is refused with 400: %s", async (_what, text) => {
    const answer = await exchange(text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toMatch(/evil|<x>|99999|a@b|elsewhere/);
    expect(events).toEqual([]);
    expect(log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("gets a response with the headers of the response headers policy", async () => {
    expect(await exchange(request("GET http://elsewhere.example/ HTTP/1.1", `host: ${host}`))).toMatch(
      /strict-transport-security: max-age=60; includeSubDomains/i,
    );
  });
});

describe("a request to upgrade the protocol", () => {
  it.each(["websocket", "h2c"])("gets a normal response without the upgrade to %s", async (protocol) => {
    const text = `GET /page HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: ${protocol}\r\n\r\n`;
    const socket = net.connect(Number(port), "127.0.0.1", () => socket.write(text));
    const [first] = await new Promise<Buffer[]>((resolve) => socket.once("data", (...data) => resolve(data)));
    socket.destroy();
    expect(String(first)).toMatch(/^HTTP\/1\.1 200 /);
    expect(events).toEqual([expect.objectContaining({ headers: expect.not.objectContaining({ upgrade: protocol }) })]);
  });
});
