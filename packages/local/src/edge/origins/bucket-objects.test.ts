import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startBuckets } from "../../s3/test-buckets.ts";
import { objectResponse } from "./bucket-objects.ts";

let cloud: Awaited<ReturnType<typeof startBuckets>>;
beforeAll(async () => {
  cloud = await startBuckets({
    "aws:s3:Bucket": ["media", "private"].map((id) => ({ name: id, id, arn: `arn:aws:s3:::${id}` })),
  });
  for (const Bucket of ["media", "private"])
    await cloud.client().send(new PutObjectCommand({ Bucket, Key: "a b/ä.txt", Body: Bucket }));
});
afterAll(() => cloud.remove());

async function look(url: string) {
  const request = { method: "GET", url, headers: {}, body: Readable.from([]) };
  const { status, body } = await objectResponse(cloud.s3, "media", request);
  return [status, body ? await text(body) : ""];
}

it("returns an object by its encoded key", async () => {
  expect(await look("/a%20b/%C3%A4.txt?v=1")).toEqual([200, "media"]);
});

it.each(["/missing", "/", "/../private/a%20b/%C3%A4.txt", "/..%2Fprivate/a%20b/%C3%A4.txt"])(
  "denies a key that does not exist: %s",
  async (url) => {
    expect(await look(url)).toEqual([403, expect.stringContaining("AccessDenied")]);
  },
);

it.each(["/%", "/a%zz", "/%ff", "/%C3%A4%E0%A4%A"])("returns 400 for a malformed path: %s", async (url) => {
  expect(await look(url)).toEqual([400, expect.stringContaining("InvalidURI")]);
});
