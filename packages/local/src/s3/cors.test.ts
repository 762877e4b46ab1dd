import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inXml, startBuckets } from "./test-buckets.ts";

const corsRules = [
  { allowedOrigins: ["https://*.example.com"], allowedMethods: ["POST", "PUT"], allowedHeaders: ["content-*"] },
  { allowedOrigins: ["*"], allowedMethods: ["GET"], exposeHeaders: ["ETag"], maxAgeSeconds: 3000 },
];
let cloud: Awaited<ReturnType<typeof startBuckets>>;
beforeAll(async () => {
  cloud = await startBuckets({
    "aws:s3:Bucket": ["media", "plain"].map((id) => ({ name: id, id, arn: `arn:aws:s3:::${id}` })),
    "aws:s3:BucketCorsConfiguration": [{ name: "MediaCors", id: "MediaCors", bucket: "media", corsRules }],
  });
});
afterAll(() => cloud.remove());

async function ask(origin: string, method: string, headers?: string, bucket = "media") {
  const response = await fetch(`${cloud.s3.url}/${bucket}/a`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      ...(headers !== undefined && { "access-control-request-headers": headers }),
    },
  });
  const named = [...response.headers].filter(([name]) => name.startsWith("access-control-"));
  return { status: response.status, cors: Object.fromEntries(named), text: await response.text() };
}

describe("a bucket's CORS rules", () => {
  it("answer a preflight request without a signature", async () => {
    expect(await ask("https://app.example.com", "PUT", "Content-Type, content-md5")).toMatchObject({
      status: 200,
      cors: {
        "access-control-allow-origin": "https://app.example.com",
        "access-control-allow-methods": "POST, PUT",
        "access-control-allow-headers": "content-type, content-md5",
        "access-control-allow-credentials": "true",
      },
    });
    expect((await ask("https://elsewhere.org", "GET")).cors).toEqual({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET",
      "access-control-expose-headers": "ETag",
      "access-control-max-age": "3000",
    });
  });

  it("refuse an origin, a method or a header that no rule allows", async () => {
    const refused = [
      await ask("https://example.com", "PUT"),
      await ask("https://app.example.com", "DELETE"),
      await ask("https://app.example.com", "PUT", "x-amz-acl"),
    ];
    for (const { status, cors, text } of refused)
      expect([status, cors, inXml(text, "Code")]).toEqual([403, {}, "AccessForbidden"]);
  });

  it("are empty when the graph has none", async () => {
    const { status, text } = await ask("https://app.example.com", "PUT", undefined, "plain");
    expect([status, inXml(text, "Message")]).toEqual([403, "CORSResponse: CORS is not enabled for this bucket."]);
  });

  it("let a browser read responses, including errors", async () => {
    const get = (origin: string, method = "GET") => fetch(`${cloud.s3.url}/media/a`, { method, headers: { origin } });
    const read = await get("https://elsewhere.org");
    expect([read.status, read.headers.get("access-control-allow-origin")]).toEqual([403, "*"]);
    expect(read.headers.get("vary")).toContain("Origin");
    const write = await get("https://elsewhere.org", "DELETE");
    expect(write.headers.get("access-control-allow-origin")).toBeNull();
  });
});
