import { Readable } from "node:stream";
import {
  type ChecksumAlgorithm,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signerOf } from "../iam/test-signer.ts";
import { callerOf } from "../test-cloud.ts";
import { checksums } from "./checksums.ts";
import { inXml, startBuckets } from "./test-buckets.ts";

let cloud: Awaited<ReturnType<typeof startBuckets>>;
beforeAll(async () => {
  cloud = await startBuckets();
});
afterAll(() => cloud.remove());

/** Digests of "123456789" from the definitions of the algorithms. */
const known = {
  "x-amz-checksum-crc32": "cbf43926",
  "x-amz-checksum-crc32c": "e3069283",
  "x-amz-checksum-crc64nvme": "ae8b14860a799888",
  "x-amz-checksum-sha1": "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
};

describe("checksums", () => {
  it.each(Object.entries(known))("%s matches its definition", (header, hexadecimal) => {
    const digest = checksums[header]?.digest(Buffer.from("123456789"));
    expect(Buffer.from(digest ?? "", "base64").toString("hex")).toBe(hexadecimal);
  });

  it.each(Object.entries(known))("returns 400 when %s belongs to another body", async (header, hexadecimal) => {
    const member = `Checksum${header.split("-").at(-1)?.toUpperCase()}`;
    const put = (Body: string) =>
      cloud.client().send(
        new PutObjectCommand({
          Bucket: "media",
          Key: "checked",
          Body,
          [member]: Buffer.from(hexadecimal, "hex").toString("base64"),
        }),
      );
    await expect(put("123456789")).resolves.toMatchObject({ [member]: expect.any(String) });
    await expect(put("12345678x")).rejects.toMatchObject({ name: "BadDigest" });
  });

  it("are read from the trailer of a streamed body", async () => {
    const Body = Readable.from([Buffer.alloc(70_000, "a"), Buffer.alloc(70_000, "b")]);
    const ChecksumAlgorithm: ChecksumAlgorithm = "CRC32";
    const streamed = new PutObjectCommand({
      Bucket: "media",
      Key: "streamed",
      Body,
      ContentLength: 140_000,
      ChecksumAlgorithm,
    });
    expect((await cloud.client().send(streamed)).ChecksumCRC32).toBeDefined();
    const wrong = await chunked("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", 5);
    expect(inXml(await wrong.text(), "Code")).toBe("BadDigest");
    expect(inXml(await (await chunked("50\r\nhello", 80)).text(), "Code")).toBe("IncompleteBody");
  });

  it("are verified for each part of an upload", async () => {
    const target = { Bucket: "media", Key: "parts" };
    const { UploadId } = await cloud.client().send(new CreateMultipartUploadCommand(target));
    const part = new UploadPartCommand({
      ...target,
      UploadId,
      PartNumber: 1,
      Body: "part",
      ChecksumCRC32C: "AAAAAA==",
    });
    await expect(cloud.client().send(part)).rejects.toMatchObject({ name: "BadDigest" });
  });
});

describe("signed headers", () => {
  it("must include every `x-amz-` header", async () => {
    const response = await chunked("5\r\nhello\r\n0\r\n\r\n", 5, { "x-amz-meta-added": "later" });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("headers present in the request which were not signed: x-amz-meta-added");
  });
});

/** Sends a signed upload with a chunked body that the test chooses, and with headers added after signing. */
async function chunked(body: string, length: number, added: Record<string, string> = {}): Promise<Response> {
  const { hostname, host } = new URL(cloud.s3.url);
  const { headers } = await signerOf(callerOf("developer").credentials, "s3").sign({
    method: "PUT",
    protocol: "http:",
    hostname,
    path: "/media/chunked",
    headers: {
      host,
      "content-encoding": "aws-chunked",
      "x-amz-decoded-content-length": String(length),
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    },
  });
  return fetch(`${cloud.s3.url}/media/chunked`, { method: "PUT", headers: { ...headers, ...added }, body });
}
