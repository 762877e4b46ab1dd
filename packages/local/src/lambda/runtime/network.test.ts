import { afterAll, describe, expect, it } from "vitest";
import { memoryLog, temporaryFolder, testFunction, testGraph } from "../fixtures.ts";
import { startLambda } from "../lambda.ts";

const source = `
import dns, { lookup } from "node:dns";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";

const failure = (emitter) => new Promise((_, reject) => emitter.on("error", reject));
const cause = (error) => ({ name: (error.cause ?? error).name, message: (error.cause ?? error).message });
const clients = {
  fetch: (host) => fetch("https://" + host + "/"),
  http: (host) => failure(http.get({ host, path: "/" })),
  https: (host) => failure(https.get("https://" + host + "/")),
  http2: (host) => failure(http2.connect("https://" + host)),
  net: (host) => failure(net.connect(443, host)),
  socket: (host) => failure(new net.Socket().connect({ port: 443, host })),
  tls: (host) => failure(tls.connect({ host, port: 443 })),
  lookup: (host) => new Promise((resolve, reject) => lookup(host, (error) => (error ? reject(error) : resolve()))),
  resolver: (host) => dns.promises.resolve4(host),
};
export const handler = async ({ client, host }) => {
  try {
    await clients[client](host);
    return { name: "connected" };
  } catch (error) {
    return cause(error);
  }
};
export const local = async ({ url }) => (await fetch(url)).text();
`;
const disk = temporaryFolder({
  "src/all.ts": source,
  // A bundle that changes its working directory runs in a separate process.
  "built/index.mjs": `process.chdir(".");\n${source}`,
});
const log = memoryLog();
const lambda = await startLambda({
  graph: testGraph({
    functions: [
      testFunction("thread", { handler: "src/all.handler", timeout: 10 }),
      testFunction("process", { bundle: { folder: "built", handler: "index.handler" }, timeout: 10 }),
      testFunction("local", { handler: "src/all.local", timeout: 10 }),
    ],
  }),
  root: disk.folder,
  cacheFolder: `${disk.folder}/.build`,
  watch: false,
  log,
  environment: () => ({}),
});
afterAll(async () => {
  await lambda.close();
  disk.remove();
});

const refused = (host: string) => ({
  name: "AwsUnreachableError",
  message: `The local cloud does not connect to AWS: ${host}. Use the SDK's default endpoint, or one of the AWS_ENDPOINT_URL_ variables.`,
});

describe("a function's connection to AWS", () => {
  const host = "sns.eu-west-1.amazonaws.com";
  it.each(["fetch", "http", "https", "http2", "net", "socket", "tls", "lookup", "resolver"])(
    "is refused by host name from %s, in a thread and in a process",
    async (client) => {
      for (const runs of ["thread", "process"]) {
        expect(await lambda.invoke(runs, { client, host })).toEqual({ ok: true, result: refused(host) });
      }
    },
  );

  it.each([
    "amazonaws.com",
    "bucket.s3.eu-west-1.amazonaws.com",
    "sqs.cn-north-1.amazonaws.com.cn",
    "abc.lambda-url.eu-west-1.on.aws",
    "ec2.eu-west-1.api.aws",
    "STS.AMAZONAWS.COM.",
  ])("is refused for %s", async (name) => {
    const { result } = { result: {}, ...(await lambda.invoke("thread", { client: "net", host: name })) };
    expect(result).toEqual(refused(name));
  });

  it("is logged, even if the function ignores the error", async () => {
    await lambda.invoke("thread", { client: "fetch", host });
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        message: expect.stringContaining(`Refused a connection to AWS: ${host}`),
      }),
    );
  });
});

it("does not affect the function's other connections", async () => {
  const { createServer } = await import("node:http");
  const server = createServer((_, response) => response.end("here"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  expect(await lambda.invoke("local", { url: `http://localhost:${port}/` })).toEqual({ ok: true, result: "here" });
  server.close();
});

it("reaches the distribution by HTTPS although it answers plain HTTP, and no other server", async () => {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => response.end(`${request.method} ${request.url}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const files = temporaryFolder({
    "src/all.ts": `
import https from "node:https";
import { text } from "node:stream/consumers";
const clients = {
  fetch: async (url) => (await fetch(url)).text(),
  https: (url) =>
    new Promise((resolve, reject) => https.get(url, (answer) => resolve(text(answer))).on("error", reject)),
};
export const handler = ({ client, url }) => clients[client](url);`,
  });
  const functions = [testFunction("asks", { handler: "src/all.handler", timeout: 10 })];
  const options = { root: files.folder, cacheFolder: `${files.folder}/.build`, log, environment: () => ({}) };
  const own = await startLambda({ ...options, graph: testGraph({ functions }), distributionPort: port });
  try {
    for (const client of ["fetch", "https"]) {
      const invoke = (url: string) => own.invoke("asks", { client, url });
      expect(await invoke(`https://localhost:${port}/page?a=b`)).toEqual({ ok: true, result: "GET /page?a=b" });
      expect(await invoke(`https://127.0.0.1:${port}/page`)).toMatchObject({ ok: false });
    }
  } finally {
    await own.close();
    server.close();
    files.remove();
  }
});
