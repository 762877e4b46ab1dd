import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
let put: (bucket: string, Key: string) => Promise<unknown>;
beforeAll(async () => {
  cloud = await runCloud();
  const { AWS_ENDPOINT_URL_S3 = "", AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = cloud.environment;
  const client = new S3Client({
    endpoint: AWS_ENDPOINT_URL_S3,
    region: cloud.graph.region,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  put = (name, Key) =>
    client.send(
      new PutObjectCommand({
        Bucket: cloud.graph.all("aws:s3:Bucket").find((bucket) => bucket.name === name)?.id,
        Key,
        Body: "pixels",
        ContentType: "image/webp",
        CacheControl: "public, max-age=31536000, immutable",
      }),
    );
});
afterAll(() => cloud.remove());

const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, cloud.url), { headers });

describe("/media", () => {
  it("serves the media bucket with immutable caching", async () => {
    await put("MediaBucket", "med_1/small image.webp");
    const first = await get("/media/med_1/small%20image.webp");
    expect([first.status, await first.text()]).toEqual([200, "pixels"]);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    const etag = first.headers.get("etag") ?? "";
    expect((await get("/media/med_1/small%20image.webp", { "if-none-match": etag })).status).toBe(304);
    const part = await get("/media/med_1/small%20image.webp", { range: "bytes=0-2" });
    expect([part.status, await part.text()]).toEqual([206, "pix"]);
  });

  it("serves no other bucket and no listing", async () => {
    await put("UploadsBucket", "incoming/secret");
    for (const path of ["/media/incoming/secret", "/media/", "/media", "/media/med_0"]) {
      expect((await get(path)).status, path).toBe(403);
    }
  });
});
