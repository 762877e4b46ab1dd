import type { MediaUpload } from "@daybook/core/media/media";
import { uploadBytes } from "@daybook/core/media/media.limits";
import { signUpload } from "@daybook/core/media/media.upload";
import { bomb, described, noise, photograph } from "@daybook/core/media/test-pictures";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { expectProblem, newUser, send, succeed, type TestUser, variable } from "../fixtures.ts";
import { askFor, bucketsOf, type ChosenFile, post, settled, uploadFile } from "../uploads.ts";

const cloud = inject("cloud");
const buckets = bucketsOf(cloud);

let user: TestUser;
beforeAll(async () => {
  user = await newUser(cloud);
});
const chosen = (content: Buffer, type = "image/png"): ChosenFile => ({ content: Uint8Array.from(content), type });

describe("POST /v1/media", () => {
  it("returns a location, and a form that accepts one file", async () => {
    const answer = await succeed(cloud, "createMedia", { token: user.token, body: { type: "image/png", bytes: 12 } });
    const { id, upload, ...media } = answer.body;
    const url = `${variable(cloud, "DAYBOOK_URL")}/v1/media/${id}`;
    expect(answer.headers.get("location")).toBe(url);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(media).toMatchObject({ url, state: "awaited", reason: null, picture: null, version: 1 });
    expect(Date.parse(upload.expiresAt) - Date.parse(media.createdAt)).toBe(10 * 60_000);
    expect(upload.fields).toMatchObject({
      key: expect.stringMatching(new RegExp(`^incoming/usr_[^/]+/${id}$`)),
      "Content-Type": "image/png",
    });
  });

  it.each([
    ["a type that is no picture's", { type: "text/html", bytes: 12 }, "/type"],
    ["an SVG", { type: "image/svg+xml", bytes: 12 }, "/type"],
    ["an empty file", { type: "image/png", bytes: 0 }, "/bytes"],
    ["a file that is too large", { type: "image/png", bytes: uploadBytes + 1 }, "/bytes"],
    ["an unknown member", { type: "image/png", bytes: 12, key: "incoming/x" }, "/key"],
  ])("refuses %s", async (_, body, pointer) => {
    const problem = expectProblem(await send(cloud, "createMedia", { token: user.token, body }), "validation-failed");
    expect(problem.errors?.map((each) => each.pointer)).toEqual([pointer]);
  });

  it("requires a token", async () => {
    const answer = await send(cloud, "createMedia", { body: { type: "image/png", bytes: 12 } });
    expect(answer.status).toBe(401);
  });

  it("returns 429 above the hourly limit, per user", async () => {
    const eager = await newUser(cloud);
    const ask = () => send(cloud, "createMedia", { token: eager.token, body: { type: "image/png", bytes: 12 } });
    const answers = [];
    for (let round = 0; round < 13; round += 1) answers.push(...(await Promise.all(Array.from({ length: 10 }, ask))));
    const refused = answers.filter(({ status }) => status !== 201);
    // The count restarts at the full hour.
    expect(answers.length - refused.length).toBeLessThanOrEqual(120);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expectProblem(answer, "too-many-requests");
    await askFor(cloud, user, "image/png", 12);
  });
});

describe("GET /v1/media/{mediaId}", () => {
  it("returns 404 for another user's media and for unknown ids", async () => {
    const other = await newUser(cloud);
    const { id } = await askFor(cloud, user, "image/png", 12);
    for (const mediaId of [id, "med_01KA6V8C3D4E5F6G7H8J9K0M1N"]) {
      const answer = await send(cloud, "getMedia", { token: other.token, params: { mediaId } });
      expectProblem(answer, "media-not-found");
    }
  });
});

describe("an uploaded picture", () => {
  it("becomes public with immutable caching", async () => {
    const media = await uploadFile(cloud, user, chosen(await noise(1000, 600).png().toBuffer()));
    expect(media).toMatchObject({ state: "ready", reason: null, version: 2, picture: { width: 1000, height: 600 } });
    const variants = media.picture?.variants ?? [];
    expect(variants.map(({ type, width }) => `${type} ${width}`)).toEqual([
      ...["image/avif 320", "image/avif 640", "image/avif 1000"],
      ...["image/webp 320", "image/webp 640", "image/webp 1000"],
    ]);
    for (const { url, type } of variants) {
      expect(url).toMatch(`${variable(cloud, "DAYBOOK_URL")}/media/${media.id}/`);
      const answer = await fetch(url);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      await answer.body?.cancel();
    }
  });

  it("is rotated upright and stripped of its metadata", async () => {
    const media = await uploadFile(cloud, user, chosen(await photograph(), "image/jpeg"));
    expect(media.picture).toMatchObject({ width: 200, height: 300 });
    for (const { url } of media.picture?.variants ?? []) {
      expect(Buffer.from(await (await fetch(url)).arrayBuffer()).includes("Maya")).toBe(false);
    }
  });

  it("deletes its source file", async () => {
    const file = chosen(described());
    const media = await askFor(cloud, user, file.type, file.content.byteLength);
    expect((await post(media, file)).status).toBe(204);
    expect(await settled(cloud, user, media)).toMatchObject({ state: "ready" });
    await expect.poll(() => buckets.uploads(media), { timeout: 5_000 }).toEqual([]);
  });

  it("is accepted as what it is, with any declared type", async () => {
    const file = chosen(await noise(99, 99).jpeg().toBuffer(), "image/png");
    const media = await askFor(cloud, user, file.type, file.content.byteLength);
    expect((await post(media, file)).status).toBe(204);
    expect(await settled(cloud, user, media)).toMatchObject({ state: "ready", picture: { transparent: false } });
  });

  it("does not change when its upload form is used again", async () => {
    const file = chosen(described());
    const media = await askFor(cloud, user, file.type, file.content.byteLength);
    await post(media, file);
    const ready = await settled(cloud, user, media);
    expect((await post(media, chosen(Buffer.alloc(file.content.byteLength)))).status).toBe(204);
    await expect.poll(() => buckets.uploads(media), { timeout: 5_000 }).toEqual([]);
    const { body } = await succeed(cloud, "getMedia", { token: user.token, params: { mediaId: media.id } });
    expect(body).toEqual(ready);
  });
});

describe("an uploaded file", () => {
  const text = (content: string) => chosen(Buffer.from(content));
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

  it.each([
    ["HTML", async () => text("<!doctype html><script>alert(1)</script>"), "not-a-picture"],
    ["an SVG", async () => text(svg), "not-a-picture"],
    ["half of a picture", async () => chosen((await noise(99, 99).png().toBuffer()).subarray(0, 9_000)), "unreadable"],
    ["a bomb", async () => chosen(bomb()), "too-large"],
  ])("that is %s is refused and deleted", async (_, make, reason) => {
    const file = await make();
    const media = await askFor(cloud, user, file.type, file.content.byteLength);
    expect((await post(media, file)).status).toBe(204);
    expect(await settled(cloud, user, media)).toMatchObject({ state: "refused", reason, picture: null });
    await expect.poll(() => buckets.uploads(media), { timeout: 5_000 }).toEqual([]);
    expect(await buckets.variants(media.id)).toEqual([]);
  });
});

describe("the storage refuses", () => {
  const file = chosen(described());
  const { byteLength } = file.content;
  const forged = (media: MediaUpload, change: (policy: string) => string) => {
    const policy = Buffer.from(media.upload.fields.Policy ?? "", "base64").toString();
    return { Policy: Buffer.from(change(policy)).toString("base64") };
  };

  it.each([
    ["another type", () => ({ "Content-Type": "text/html" }), 403],
    ["another key", () => ({ key: "incoming/somebody/else" }), 403],
    ["a key in another place", () => ({ key: "private/somebody/else" }), 403],
    ["a field that nobody has signed", () => ({ "Cache-Control": "public" }), 403],
    [
      "a policy that was changed",
      (media: MediaUpload) => forged(media, (policy) => policy.replace("image", "text")),
      403,
    ],
    ["a signature that was made up", () => ({ "X-Amz-Signature": "0".repeat(64) }), 403],
  ] as const)("%s", async (_, changed, status) => {
    const media = await askFor(cloud, user, file.type, byteLength);
    expect((await post(media, file, changed(media))).status).toBe(status);
    expect(await buckets.uploads(media)).toEqual([]);
  });

  it.each([
    ["a file that is larger than it was said to be", byteLength - 1, "EntityTooLarge"],
    ["a file that is smaller", byteLength + 1, "EntityTooSmall"],
  ])("%s", async (_, bytes, code) => {
    const media = await askFor(cloud, user, file.type, bytes);
    const answer = await post(media, file);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(code)]);
    expect(await buckets.uploads(media)).toEqual([]);
  });

  it("a form older than ten minutes", async () => {
    const { upload } = await askFor(cloud, user, file.type, byteLength);
    const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = cloud;
    const credentials = { accessKeyId: accessKeyId ?? "", secretAccessKey: secretAccessKey ?? "" };
    const bucket = upload.url.split("/").at(-1) ?? "";
    const target = { url: upload.url, bucket, region: region ?? "", credentials };
    const allowed = { key: "incoming/old", type: file.type, bytes: byteLength };
    const answerAt = async (time: number) => post({ upload: signUpload(allowed, target, new Date(time)) }, file);
    expect((await answerAt(Date.now())).status).toBe(204);
    const late = await answerAt(Date.now() - 10 * 60_000);
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining("Policy expired")]);
  });

  it("requests from other origins, and allows the app's own", async () => {
    const { upload } = await askFor(cloud, user, file.type, byteLength);
    const preflight = async (origin: string) => {
      const headers = { origin, "access-control-request-method": "POST" };
      const answer = await fetch(upload.url, { method: "OPTIONS", headers });
      return answer.headers.get("access-control-allow-origin");
    };
    const own = new URL(variable(cloud, "DAYBOOK_URL")).origin;
    expect([await preflight(own), await preflight("https://elsewhere.example")]).toEqual([own, null]);
  });
});
