import { randomUUID } from "node:crypto";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { buildWeb } from "../../scripts/lib/web.ts";
import { newAuthor, publishedPost } from "../blog.ts";
import { variable } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

/* The pages that the site's server keeps in its bucket. */

let cloud: RunningCloud;
let s3: S3Client;
beforeAll(async () => {
  await buildWeb();
  cloud = await runCloud();
  s3 = new S3Client({
    endpoint: variable(cloud.env, "AWS_ENDPOINT_URL_S3"),
    region: variable(cloud.env, "AWS_REGION"),
    credentials: {
      accessKeyId: variable(cloud.env, "AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable(cloud.env, "AWS_SECRET_ACCESS_KEY"),
    },
    forcePathStyle: true,
  });
});
afterAll(async () => {
  s3.destroy();
  await cloud.remove();
});

const waiting = { timeout: 60_000, interval: 250 };
const server = "SiteServerEuwest1Function";

/** Requests a page from the site's server, past the edge's cache. */
async function fresh(path: string) {
  const response = await fetch(`${cloud.url}${path}?fresh=${randomUUID()}`);
  return { status: response.status, state: response.headers.get("x-nextjs-cache"), html: await response.text() };
}

/** A published post with a title of its own, and the pages that show it. */
async function shownPost() {
  const author = await newAuthor(cloud.env);
  const title = `Title ${author.handle.slice(5)}`;
  const tag = `größe-${author.handle}`;
  const post = await publishedPost(cloud.env, author, { title, tags: [tag] });
  const page = decodeURI(new URL(String(post.page)).pathname);
  const pages = [page, `/@${author.handle}`, `/tags/${encodeURIComponent(tag)}`];
  for (const path of pages)
    await vi.waitFor(async () => expect(await fresh(path)).toMatchObject({ status: 200, state: "HIT" }), waiting);
  return { title, pages, handle: author.handle };
}

const Bucket = () => cloud.graph.all("aws:s3:Bucket").find(({ name }) => name === "SiteAssetsBucket")?.id;
const Entry = z.looseObject({ html: z.string(), revalidate: z.number() });

/** Returns the keys of the stored pages whose path contains a text. */
async function keysOf(text: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: Bucket(), Prefix: "_cache/" }));
  return Contents.flatMap(({ Key = "" }) => (decodeURIComponent(Key).includes(text) ? [Key] : []));
}

/** Makes a stored page expire a second from now, with another text in it. */
async function expire(Key: string, text: string, replacement: string): Promise<void> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: Bucket(), Key }));
  const entry = Entry.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  const html = entry.html.replaceAll(text, replacement);
  const changed = JSON.stringify({ ...entry, html, revalidate: 1 });
  await s3.send(new PutObjectCommand({ Bucket: Bucket(), Key, Body: changed }));
}

describe("an expired page", () => {
  it("is served once more, and then rendered again in the background", { timeout: 180_000 }, async () => {
    const { title, pages, handle } = await shownPost();
    const keys = await keysOf(handle);
    expect(keys.length).toBeGreaterThanOrEqual(pages.length);
    for (const path of pages) {
      await vi.waitFor(async () => {
        const { state, html } = await fresh(path);
        const former = html.includes("Former title");
        // At first, and when an event of the publication arrives late and renders the page again.
        if (!former) for (const key of keys) await expire(key, title, "Former title");
        expect([path, state, former]).toEqual([path, "STALE", true]);
      }, waiting);
      await vi.waitFor(async () => {
        const { state, html } = await fresh(path);
        expect([path, state, html.includes("Former title"), html.includes(title)]).toEqual([path, "HIT", false, true]);
      }, waiting);
    }
    expect(cloud.log()).not.toContain("Error revalidating page");
    expect(cloud.log()).not.toContain("Failed to revalidate");
  });
});

describe("a page that another instance of the server rendered", () => {
  it("is fresh until it expires", { timeout: 180_000 }, async () => {
    const { pages } = await shownPost();
    const [page = ""] = pages;
    // Without the lifetime of the entry, Next.js assumes one second.
    const renderedAt = Date.now();
    await vi.waitFor(() => expect(Date.now() - renderedAt).toBeGreaterThan(1_500), waiting);
    const states = async () => (await Promise.all([fresh(page), fresh(page)])).map(({ state }) => state);
    const all: (string | null)[] = [];
    await vi.waitFor(async () => {
      all.push(...(await states()));
      expect(cloud.lambda.instancesOf(server)).toBeGreaterThan(1);
    }, waiting);
    for (let times = 0; times < 5; times += 1) all.push(...(await states()));
    expect(new Set(all)).toEqual(new Set(["HIT"]));
  });
});

it.each(["/@nobody-at-all", "/@nobody-at-all/soil", "/archive/1999-01"])(
  "a page that does not exist is not cached at the edge: %s",
  async (path) => {
    for (let times = 0; times < 2; times += 1) {
      const response = await fetch(cloud.url + path);
      await response.body?.cancel();
      expect([response.status, response.headers.get("x-cache")]).toEqual([404, "Error from cloudfront"]);
      expect(response.headers.get("cache-control")).not.toContain("s-maxage");
    }
  },
);
