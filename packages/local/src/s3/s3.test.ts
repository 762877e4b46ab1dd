import { mkdirSync, writeFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signerOf } from "../iam/test-signer.ts";
import { callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type S3, startS3 } from "./s3.ts";

const developer = callerOf("developer");
const reader = callerOf("reader", [
  { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::media/public/*" },
  { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::media/public/*" },
]);
const site = callerOf("site", [
  { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::assets/*" },
  { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::assets" },
]);
const principals = new Map([developer.entry, reader.entry, site.entry]);
const temporary = temporaryFolder();
const root = path.join(temporary.folder, "project");
const log = keptLog();
const graph = graphOf({
  "aws:s3:Bucket": ["media", "assets"].map((id) => ({ name: id, id, arn: `arn:aws:s3:::${id}` })),
  "sst:aws:BucketFiles": [
    {
      name: "AssetFiles",
      id: "AssetFiles",
      bucketName: "assets",
      folders: [
        { from: "build/assets/_next", to: "_assets/_next", cacheControl: "immutable" },
        { from: "build/assets", to: "_assets", files: ["worker.js"], cacheControl: "no-cache" },
        { from: "build/assets", to: "_assets", cacheControl: "short" },
        { from: "build/cache", to: "_cache" },
      ],
    },
  ],
});

function write(file: string, text: string) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
const dataFolder = path.join(temporary.folder, "data");
const start = () => startS3({ graph, principals, dataFolder, root, log, deliver: async () => {} });

let s3: S3;
beforeAll(async () => {
  write("build/assets/_next/app.js", "app");
  write("build/assets/favicon.ico", "icon");
  write("build/assets/worker.js", "worker");
  s3 = await start();
});
afterAll(async () => {
  await s3.close();
  temporary.remove();
});

const clientOf = ({ credentials }: typeof developer) =>
  new S3Client({ endpoint: s3.url, region, credentials, maxAttempts: 1 });
const put = (Key: string, Body: string | Uint8Array, Bucket = "media") => new PutObjectCommand({ Bucket, Key, Body });
const get = (Key: string, Bucket = "media") => new GetObjectCommand({ Bucket, Key });
const text = async (Key: string, Bucket?: string) =>
  (await clientOf(developer).send(get(Key, Bucket))).Body?.transformToString();

describe("startS3: objects", () => {
  it("stores objects with any key", async () => {
    const key = "notes/a folder/käse+1 (2)'!*.txt";
    await clientOf(developer).send(put(key, "hello"));
    expect(await text(key)).toBe("hello");
    const { Contents } = await clientOf(developer).send(
      new ListObjectsV2Command({ Bucket: "media", Prefix: "notes/" }),
    );
    expect(Contents?.map((object) => object.Key)).toEqual([key]);
  });

  it("stores a streamed body with chunks and a trailing checksum", async () => {
    const Body = Readable.from([Buffer.alloc(70_000, "a"), Buffer.alloc(70_000, "b")]);
    const command = new PutObjectCommand({ Bucket: "media", Key: "streamed", Body, ContentLength: 140_000 });
    await clientOf(developer).send(command);
    const stored = await text("streamed");
    expect([stored?.length, stored?.slice(69_999, 70_001)]).toEqual([140_000, "ab"]);
  });

  it("copies an object, deletes one and deletes many", async () => {
    const client = clientOf(developer);
    await client.send(put("one", "1"));
    await client.send(new CopyObjectCommand({ Bucket: "media", Key: "two", CopySource: "media/one" }));
    expect(await text("two")).toBe("1");
    await client.send(new DeleteObjectCommand({ Bucket: "media", Key: "one" }));
    await client.send(new DeleteObjectsCommand({ Bucket: "media", Delete: { Objects: [{ Key: "two" }] } }));
    await expect(client.send(get("two"))).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  it("supports conditional reads and writes", async () => {
    const client = clientOf(developer);
    const { ETag = "" } = await client.send(put("conditional", "1"));
    const again = new PutObjectCommand({ Bucket: "media", Key: "conditional", Body: "2", IfNoneMatch: "*" });
    await expect(client.send(again)).rejects.toMatchObject({ name: "PreconditionFailed" });
    const stale = new PutObjectCommand({ Bucket: "media", Key: "conditional", Body: "2", IfMatch: '"other"' });
    await expect(client.send(stale)).rejects.toMatchObject({ name: "PreconditionFailed" });
    await expect(
      client.send(new GetObjectCommand({ Bucket: "media", Key: "conditional", IfNoneMatch: ETag })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect(await text("conditional")).toBe("1");
  });

  it("lets one of many concurrent writers create an object", async () => {
    const client = clientOf(developer);
    const create = (Body: string) =>
      client.send(new PutObjectCommand({ Bucket: "media", Key: "contended", Body, IfNoneMatch: "*" }));
    const outcomes = await Promise.allSettled(["a", "b", "c", "d"].map(create));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });

  it("refuses a body that does not match its checksum", async () => {
    const command = new PutObjectCommand({
      Bucket: "media",
      Key: "x",
      Body: "hello",
      ChecksumSHA256: Buffer.alloc(32).toString("base64"),
    });
    await expect(clientOf(developer).send(command)).rejects.toMatchObject({ name: "BadDigest" });
  });

  it("supports virtual-host requests", async () => {
    await clientOf(developer).send(put("hosted.txt", "by host"));
    const host = `media.localhost:${new URL(s3.url).port}`;
    const signer = signerOf(developer.credentials, "s3");
    const { headers } = await signer.sign({
      method: "GET",
      protocol: "http:",
      hostname: host,
      path: "/hosted.txt",
      headers: { host },
    });
    const body = await new Promise((resolve, reject) => {
      http
        .get(`${s3.url}/hosted.txt`, { headers }, (response) => response.on("data", (chunk) => resolve(String(chunk))))
        .on("error", reject);
    });
    expect(body).toBe("by host");
  });

  it("overrides response headers on request", async () => {
    await clientOf(developer).send(put("report", "text"));
    const ResponseContentDisposition = 'attachment; filename="report.txt"';
    const asked = { Bucket: "media", Key: "report", ResponseContentDisposition, ResponseContentType: "text/plain" };
    const response = await fetch(await getSignedUrl(clientOf(developer), new GetObjectCommand(asked)));
    expect([response.headers.get("content-disposition"), response.headers.get("content-type")]).toEqual([
      ResponseContentDisposition,
      "text/plain",
    ]);
  });

  it("returns a bucket's location, and names unsupported features", async () => {
    const client = clientOf(developer);
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: "media" }));
    expect(LocationConstraint).toBe(region);
    await expect(client.send(new GetObjectTaggingCommand({ Bucket: "media", Key: "x" }))).rejects.toMatchObject({
      name: "NotImplemented",
      message: expect.stringContaining("?tagging"),
    });
    const open = new PutObjectCommand({ Bucket: "media", Key: "open", Body: "x", ACL: "public-read" });
    await expect(client.send(open)).rejects.toThrow("does not support the header x-amz-acl");
  });
});

describe("startS3: permissions", () => {
  it("lets a function do what its policy allows, and denies the rest as AWS does", async () => {
    const client = clientOf(reader);
    await client.send(put("public/a", "open"));
    expect(await (await client.send(get("public/a"))).Body?.transformToString()).toBe("open");
    await expect(client.send(put("private/a", "x"))).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("s3:PutObject on resource: arn:aws:s3:::media/private/a"),
    });
    const all = new DeleteObjectsCommand({ Bucket: "media", Delete: { Objects: [{ Key: "public/a" }] } });
    await expect(client.send(all)).rejects.toThrow("s3:DeleteObject on resource: arn:aws:s3:::media/public/a");
    const copy = new CopyObjectCommand({ Bucket: "media", Key: "public/b", CopySource: "media/private/a" });
    await expect(client.send(copy)).rejects.toThrow("s3:GetObject on resource: arn:aws:s3:::media/private/a");
  });

  it("returns 404 for a missing object only to callers that may list the bucket", async () => {
    await expect(clientOf(reader).send(get("public/missing"))).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(clientOf(site).send(get("missing", "assets"))).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  it("accepts presigned URLs and refuses changed ones", async () => {
    const url = await getSignedUrl(clientOf(reader), put("public/uploaded", ""), { expiresIn: 60 });
    expect((await fetch(url, { method: "PUT", body: "from a browser" })).status).toBe(200);
    expect(await text("public/uploaded")).toBe("from a browser");
    const other = await fetch(url.replace("public/uploaded", "public/other"), { method: "PUT", body: "x" });
    expect(other.status).toBe(403);
    expect(await other.text()).toContain("<Code>SignatureDoesNotMatch</Code>");
    expect((await fetch(`${s3.url}/media/public/uploaded`)).status).toBe(403);
  });

  it("accepts a presigned URL until it expires, with the signed headers", async () => {
    const signingDate = new Date(Date.now() - 61_000);
    const late = await getSignedUrl(clientOf(reader), get("public/a"), { expiresIn: 60, signingDate });
    const refused = await fetch(late);
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
    const command = new PutObjectCommand({ Bucket: "media", Key: "public/typed", ContentType: "image/png" });
    const url = await getSignedUrl(clientOf(reader), command, { signableHeaders: new Set(["content-type"]) });
    const upload = (type: string) => fetch(url, { method: "PUT", headers: { "content-type": type }, body: "x" });
    expect((await upload("text/html")).status).toBe(403);
    expect((await upload("image/png")).status).toBe(200);
  });
});

describe("startS3: files of a deployment", () => {
  it("are uploaded with content type and cache control; a deeper folder overrides its parent", async () => {
    const head = (Key: string) => clientOf(site).send(new HeadObjectCommand({ Bucket: "assets", Key }));
    expect(await head("_assets/_next/app.js")).toMatchObject({
      ContentType: expect.stringContaining("javascript"),
      CacheControl: "immutable",
    });
    expect(await head("_assets/favicon.ico")).toMatchObject({ CacheControl: "short" });
    expect(await head("_assets/worker.js")).toMatchObject({ CacheControl: "no-cache" });
    expect(log.lines).toContainEqual(expect.stringContaining("build/cache is not built"));
  });

  it("are uploaded again only after a change, so objects written by a function are kept", async () => {
    await clientOf(site).send(put("_assets/favicon.ico", "written by a function", "assets"));
    write("build/assets/_next/app.js", "a longer app");
    await s3.close();
    s3 = await start();
    expect(await text("_assets/favicon.ico", "assets")).toBe("written by a function");
    expect(await text("_assets/_next/app.js", "assets")).toBe("a longer app");
    expect(await text("public/a")).toBe("open");
  });
});
