import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { callsOf } from "../db/test-calls.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { newMediaId } from "../ids.ts";
import { testClock } from "../test-clock.ts";
import { newContext, type TestContext } from "../test-context.ts";
import { problem } from "../test-problem.ts";

import { uploadRate } from "./media.limits.ts";
import * as media from "./media.service.ts";
import { newMedia } from "./test-media.ts";

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

const clock = testClock();
const input = { type: "image/png" as const, bytes: 1_234 };
const target = {
  url: "https://uploads.s3.eu-west-1.amazonaws.com/",
  bucket: "uploads",
  region: "eu-west-1",
  credentials: { accessKeyId: "AKIA", secretAccessKey: "secret", sessionToken: "session" },
};
const policyOf = (fields: Readonly<Record<string, string>>) =>
  JSON.parse(Buffer.from(fields.Policy ?? "", "base64").toString());

describe("create", () => {
  it("stores an awaited upload under the documented keys in one call", async () => {
    const ctx = newContext({ clock });
    const calls = await callsOf(() => media.create(ctx, input, target));
    expect(calls).toEqual(["TransactWrite"].map((name) => expect.stringContaining(name)));
    const items = (await table.items()).filter(({ pk }) => pk === `USER#${ctx.actor.userId}`);
    expect(items).toEqual([
      expect.objectContaining({
        entity: "media",
        sk: expect.stringMatching(/^MEDIA#med_/),
        state: "awaited",
        gsi2pk: "MEDIA#2026-11-23",
        version: 1,
      }),
    ]);
  });

  it("signs a form for exactly one key, type and size that expires after ten minutes", async () => {
    const ctx = newContext({ clock });
    const { media: made, upload } = await media.create(ctx, input, target);
    expect(upload).toMatchObject({ url: target.url, expiresAt: "2026-11-21T10:10:00.000Z" });
    const key = `incoming/${ctx.actor.userId}/${made.id}`;
    expect(upload.fields).toMatchObject({
      key,
      "Content-Type": "image/png",
      "X-Amz-Credential": "AKIA/20261121/eu-west-1/s3/aws4_request",
      "X-Amz-Date": "20261121T100000Z",
      "X-Amz-Security-Token": "session",
    });
    const { expiration, conditions } = policyOf(upload.fields);
    expect(expiration).toBe(upload.expiresAt);
    expect(conditions).toEqual(
      expect.arrayContaining([
        { bucket: "uploads" },
        { key },
        { "Content-Type": "image/png" },
        ["content-length-range", 1_234, 1_234],
      ]),
    );
    // Each form field needs a condition, except the policy and its signature. The two conditions on bucket and size
    // make the numbers equal.
    expect(conditions).toHaveLength(Object.keys(upload.fields).length);
  });

  it("returns the same form for a retried request and counts it once", async () => {
    const ctx = newContext({ clock });
    const request = {
      userId: ctx.actor.userId,
      operation: "createMedia",
      key: "1",
      fingerprint: "a",
      receivedAt: clock.now(),
    };
    const first = await media.create({ ...ctx, request }, input, target);
    for (let times = 0; times < uploadRate.times; times += 1) {
      expect(await media.create({ ...ctx, request }, input, target)).toEqual(first);
    }
  });

  it("limits the uploads of each user per hour", async () => {
    const [eager, other] = [newContext({ clock }), newContext({ clock })];
    const ask = (ctx: TestContext) => media.create(ctx, input, target);
    for (let times = 0; times < uploadRate.times; times += 1) await ask(eager);
    await expect(ask(eager)).rejects.toThrow(problem("too-many-requests"));
    await ask(other);
    const later = testClock("2026-11-21T11:00:00.000Z");
    await media.create({ ...eager, clock: later }, input, target);
  });
});

describe("get", () => {
  it("returns an upload to its owner only", async () => {
    const ctx = newContext({ clock });
    const id = await newMedia(ctx);
    expect(await media.get(ctx, id)).toMatchObject({ id, state: "ready", picture: { id } });
    await expect(media.get(newContext(), id)).rejects.toThrow(problem("media-not-found"));
    await expect(media.get(ctx, newMediaId(clock))).rejects.toThrow(problem("media-not-found"));
  });
});

describe("readPictures", () => {
  it("returns the state of each upload and omits those of other users", async () => {
    const [ctx, other] = [newContext({ clock }), newContext({ clock })];
    const [ready, awaited, refused] = [
      await newMedia(ctx),
      await newMedia(ctx, "awaited"),
      await newMedia(ctx, "refused"),
    ];
    const foreign = await newMedia(other);
    const found = await media.readPictures(ctx.actor.userId, [ready, awaited, refused, foreign, ready]);
    expect([...found.keys()].sort()).toEqual([ready, awaited, refused].sort());
    expect(found.get(ready)).toMatchObject({ id: ready, widths: [320, 640] });
    expect([found.get(awaited), found.get(refused)]).toEqual(["awaited", "refused"]);
  });

  it("makes no call for no ids and one call per 100 ids", async () => {
    const { userId } = newContext().actor;
    expect(await callsOf(() => media.readPictures(userId, []))).toEqual([]);
    const many = Array.from({ length: 250 }, () => newMediaId(clock));
    expect(await callsOf(() => media.readPictures(userId, many))).toHaveLength(3);
  });
});
