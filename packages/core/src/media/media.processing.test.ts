import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { newContext } from "../test-context.ts";
import { uploadBytes } from "./media.limits.ts";
import { processUpload } from "./media.processing.ts";
import * as repository from "./media.repository.ts";
import * as service from "./media.service.ts";
import { testBuckets } from "./test-buckets.ts";
import { bomb, noise } from "./test-pictures.ts";

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

const target = {
  url: "https://uploads.test/",
  bucket: "uploads",
  region: "eu-west-1",
  credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
};
const picture = await noise(400, 300).png().toBuffer();

/** Requests an upload and adds its file, if given. */
async function upload(file?: { readonly content: Buffer }) {
  const ctx = newContext();
  const { media, upload: form } = await service.create(ctx, { type: "image/png", bytes: 1 }, target);
  const key = form.fields.key ?? "";
  const buckets = testBuckets(file ? { [key]: file } : {});
  const run = () => processUpload(ctx, key, buckets.storage);
  return { media, key, buckets, run, found: () => repository.find(ctx.actor.userId, media.id) };
}
const fileOf = (content: Buffer) => ({ content });

describe("processUpload", () => {
  it("creates the variants and removes the file", async () => {
    const { media, buckets, run, found } = await upload(fileOf(picture));
    expect(await run()).toBe("ready");
    expect(await found()).toMatchObject({
      state: "ready",
      reason: null,
      version: 2,
      picture: { id: media.id, width: 400, height: 300, widths: [320, 400], hasCard: true },
    });
    const names = ["1200.jpeg", "320.avif", "320.webp", "400.avif", "400.webp"].map((name) => `${media.id}/${name}`);
    expect(buckets.variants()).toEqual(names);
    expect(buckets.uploads()).toEqual([]);
  });

  it.each([
    ["is no picture", fileOf(Buffer.from("<script>")), "not-a-picture"],
    ["is half a picture", fileOf(picture.subarray(0, picture.length / 2)), "unreadable"],
    ["holds too many pixels", fileOf(bomb()), "too-large"],
    ["has too many bytes", fileOf(Buffer.alloc(uploadBytes + 1)), "too-large"],
  ] as const)("refuses the file and leaves nothing behind when it %s", async (_, file, reason) => {
    const { buckets, run, found } = await upload(file);
    expect(await run()).toBe("refused");
    expect(await found()).toMatchObject({ state: "refused", reason, picture: null });
    expect([buckets.uploads(), buckets.variants()]).toEqual([[], []]);
  });

  it("accepts a picture of another type than declared", async () => {
    const { run, found } = await upload(fileOf(await noise(99, 99).webp().toBuffer()));
    expect(await run()).toBe("ready");
    expect(await found()).toMatchObject({ picture: { width: 99, transparent: false } });
  });

  it("processes a file once despite redelivery", async () => {
    const { buckets, run, found } = await upload(fileOf(picture));
    await run();
    const [before, written] = [await found(), buckets.writes()];
    expect([await run(), await run()]).toEqual(["done-before", "done-before"]);
    expect([await found(), buckets.writes()]).toEqual([before, written]);
  });

  it("creates the same pictures when runs overlap", async () => {
    const { buckets, run, found } = await upload(fileOf(picture));
    const outcomes = await Promise.all([run(), run(), run()]);
    expect(outcomes.filter((outcome) => outcome === "ready")).toHaveLength(1);
    expect(await found()).toMatchObject({ state: "ready", version: 2 });
    expect([buckets.uploads(), buckets.variants().length]).toEqual([[], 5]);
  });

  it("finishes the work of an earlier attempt that failed", async () => {
    const { buckets, run, found } = await upload(fileOf(picture));
    buckets.failAfter(3);
    await expect(run()).rejects.toThrow("The bucket is gone");
    expect(await found()).toMatchObject({ state: "awaited", picture: null, version: 1 });
    expect(buckets.uploads()).toHaveLength(1);
    buckets.failAfter(Number.POSITIVE_INFINITY);
    expect(await run()).toBe("ready");
    expect(buckets.variants()).toHaveLength(5);
  });

  it("ignores a second file after the pictures were created", async () => {
    const { key, buckets, run, found } = await upload(fileOf(picture));
    await run();
    const before = await found();
    buckets.arrive(key, fileOf(await noise(900, 900).png().toBuffer()));
    expect(await run()).toBe("done-before");
    expect(await found()).toEqual(before);
    expect([buckets.uploads(), buckets.variants().length]).toEqual([[], 5]);
  });

  it("does nothing when the file is gone", async () => {
    const { run, found } = await upload();
    expect(await run()).toBe("gone");
    expect(await found()).toMatchObject({ state: "awaited" });
  });

  it("leaves nothing behind when the media was removed before or during the run", async () => {
    const before = await upload(fileOf(picture));
    await repository.remove(before.media);
    expect(await before.run()).toBe("unrequested");
    const meanwhile = await upload(fileOf(picture));
    meanwhile.buckets.beforeWrite(4, () => repository.remove(meanwhile.media));
    expect(await meanwhile.run()).toBe("unrequested");
    for (const { buckets } of [before, meanwhile]) expect([buckets.uploads(), buckets.variants()]).toEqual([[], []]);
  });

  it("removes a file without a requested upload", async () => {
    const ctx = newContext();
    for (const key of ["incoming/script.js", "incoming/a/b/c", `incoming/${ctx.actor.userId}/med_x`]) {
      const buckets = testBuckets({ [key]: fileOf(picture) });
      expect(await processUpload(ctx, key, buckets.storage)).toBe("unrequested");
      expect([buckets.uploads(), buckets.variants()]).toEqual([[], []]);
    }
  });
});
