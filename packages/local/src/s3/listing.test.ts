import { ListObjectsCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBuckets } from "./test-buckets.ts";

const keys = ["B", "a", "a/1", "a/2", "b/1", "c&d", "z", "é", "😀"];
let cloud: Awaited<ReturnType<typeof startBuckets>>;
beforeAll(async () => {
  cloud = await startBuckets();
  for (const Key of [...keys].reverse())
    await cloud.client().send(new PutObjectCommand({ Bucket: "media", Key, Body: "x" }));
});
afterAll(() => cloud.remove());

/** Returns all entries of a listing, page by page. */
async function pages(input: { Prefix?: string; Delimiter?: string; MaxKeys: number }): Promise<string[][]> {
  const found: string[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await cloud.client().send(new ListObjectsV2Command({ Bucket: "media", ...input, ContinuationToken }));
    const names = [
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      ...(page.Contents ?? []).map(({ Key }) => Key),
    ];
    expect(page.KeyCount).toBe(names.length);
    found.push(names.map(String));
    ContinuationToken = page.NextContinuationToken;
    expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
  } while (ContinuationToken !== undefined);
  return found;
}

describe("listing a bucket", () => {
  it("returns keys in the order of their bytes, page by page", async () => {
    expect((await pages({ MaxKeys: 4 })).map((page) => page.length)).toEqual([4, 4, 1]);
    expect((await pages({ MaxKeys: 2 })).flat()).toEqual(keys);
  });

  it("groups keys by a delimiter, each group once across all pages", async () => {
    expect(await pages({ Delimiter: "/", MaxKeys: 1 })).toEqual(
      ["B", "a", "a/", "b/", "c&d", "z", "é", "😀"].map((name) => [name]),
    );
    expect((await pages({ Prefix: "a/", Delimiter: "/", MaxKeys: 10 })).flat()).toEqual(["a/1", "a/2"]);
  });

  it("continues after a key, in the first version too", async () => {
    const after = await cloud.client().send(new ListObjectsV2Command({ Bucket: "media", StartAfter: "c&d" }));
    expect(after.Contents?.map(({ Key }) => Key)).toEqual(["z", "é", "😀"]);
    const input = { Bucket: "media", Delimiter: "/", MaxKeys: 3 };
    const first = await cloud.client().send(new ListObjectsCommand(input));
    expect(first.NextMarker).toBe("a/");
    const second = await cloud.client().send(new ListObjectsCommand({ ...input, Marker: first.NextMarker }));
    expect([second.CommonPrefixes?.[0]?.Prefix, second.Contents?.map(({ Key }) => Key)]).toEqual(["b/", ["c&d", "z"]]);
  });

  it("encodes keys on request, and refuses an unknown continuation token", async () => {
    const list = (input: object) => cloud.client().send(new ListObjectsV2Command({ Bucket: "media", ...input }));
    expect((await list({ EncodingType: "url", Prefix: "c" })).Contents?.[0]?.Key).toBe("c%26d");
    await expect(list({ ContinuationToken: "made-up" })).rejects.toMatchObject({ name: "InvalidArgument" });
  });
});
