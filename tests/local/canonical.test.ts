import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { inParallel } from "@daybook/core/db/parallel";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { buildWeb } from "../../scripts/lib/web.ts";
import { newAuthor, publishedPost } from "../blog.ts";
import { succeed } from "../fixtures.ts";
import { apiOf, canonicalOf, canonicalRequests, otherRequests, type Sent, spellings } from "./addresses.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  await buildWeb();
  cloud = await runCloud(undefined, {}, { invalidationMs: 0 });
});
afterAll(() => cloud.remove());

interface Seen {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Requests a path without normalizing it, unlike `fetch`. */
const get = (at: string, headers: Record<string, string> = {}): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(cloud.url);
    httpRequest({ hostname, port, path: at, headers, agent: false }, (response) => {
      const { statusCode: status = 0, headers } = response;
      text(response).then((body) => resolve({ status, headers, body }), reject);
    })
      .on("error", reject)
      .end();
  });

/** Publishes a post whose title, excerpt, text and URL contain a unique word. */
async function secretPost() {
  const author = await newAuthor(cloud.env);
  const words = `zephyr${author.handle.slice(5)}`;
  const slug = "quiet-garden";
  const post = await publishedPost(cloud.env, author, {
    ...{
      slug,
      title: `Title ${words}`,
      excerpt: `Excerpt ${words}`,
      body: `Text ${words}`,
      tags: [`größe.c++-${author.handle}`],
    },
  });
  const month = String(post.publishedAt).slice(0, 7);
  return { author, words, post, handle: author.handle, slug, month, tag: `größe.c++-${author.handle}` };
}
type SecretPost = Awaited<ReturnType<typeof secretPost>>;

/** Sends all requests, and returns those whose response contains the post's word. */
async function showing({ words }: SecretPost, requests: Sent): Promise<string[]> {
  const shown: string[] = [];
  await inParallel(requests, 8, async ([at, headers]) => {
    const seen = await get(at, headers);
    const shows = seen.body.includes(words) || JSON.stringify(seen.headers).includes(words);
    if (shows) shown.push(`${seen.status} ${at} ${JSON.stringify(headers)} ${seen.headers["x-cache"]}`);
  });
  return shown;
}

/** Waits until the edge has invalidated the pages at this path. */
const untilInvalidated = (at: string) =>
  vi.waitFor(() => expect(cloud.log()).toMatch(new RegExp(`invalidated .*${at}[ :].*/v1/posts[ :]`)), {
    timeout: 120_000,
    interval: 500,
  });

describe("a page", () => {
  let post: SecretPost;
  beforeAll(async () => {
    post = await secretPost();
  });

  it("shows its post at its canonical URLs", async () => {
    for (const at of [...canonicalOf(post), ...apiOf(post)]) {
      const seen = await get(at);
      expect([at, seen.status, seen.body.includes(post.words)]).toEqual([at, 200, true]);
    }
  });

  it.each(spellings)("redirects %s to the canonical URL, or returns 404", async (_name, write) => {
    const canonical = canonicalOf(post);
    for (const at of canonical) {
      const other = write(at);
      if (other === at) continue;
      const seen = await get(other, { rsc: "1" });
      expect([other, [308, 404].includes(seen.status)]).toEqual([other, true]);
      expect(seen.body).not.toContain(post.words);
      if (seen.status === 308) expect([other, seen.headers.location]).toEqual([other, at]);
    }
  });

  it("keeps the query in a redirect, and never redirects to another site", async () => {
    expect((await get("/Todos/?list=lst_1&view=all")).headers.location).toBe("/todos?list=lst_1&view=all");
    for (const at of [
      "//evil.example/",
      "/\\evil.example/",
      "/%2F%2Fevil.example",
      "///evil.example//..//evil.example",
    ]) {
      const { headers, status } = await get(at);
      expect([at, [308, 404].includes(status)]).toEqual([at, true]);
      expect(headers.location ?? "/").toMatch(/^\/(?![/\\])/);
    }
  });

  it("is not reachable by the app's internal routes, which redirect to it", { timeout: 180_000 }, async () => {
    const { handle, slug, tag } = post;
    const places = [
      [`/authors/${handle}`, `/@${handle}`],
      [`/authors/${handle}/${slug}`, `/@${handle}/${slug}`],
      ["/feeds/feed.xml", "/feed.xml"],
      [`/feeds/atom.xml/author/${handle}`, `/@${handle}/atom.xml`],
      [`/feeds/feed.json/tag/${encodeURIComponent(tag)}`, `/tags/${encodeURIComponent(tag)}/feed.json`],
    ] as const;
    for (const [at, canonical] of places) {
      const { status, headers } = await get(at);
      expect([at, status, new URL(headers.location ?? "", cloud.url).pathname]).toEqual([at, 308, canonical]);
    }
    const canonical = canonicalOf(post);
    const requests = otherRequests(post).filter(([at]) => !canonical.includes(at));
    expect(await showing(post, requests)).toEqual([]);
  });
});

describe.each(["unpublished", "deleted"] as const)("a post that is %s", (act) => {
  it("is shown at no URL in any spelling, with or without the edge's copies", {
    timeout: 300_000,
  }, async () => {
    const former = await secretPost();
    const { author, handle } = former;
    const own = { token: author.token, params: { postId: former.post.id } };
    const page = `/@${handle}/${former.slug}`;
    // Changes the slug once, so that the former URL had a page, too.
    const post = { ...former, slug: `${former.slug}-moved` };
    await succeed(cloud.env, "updatePost", { ...own, body: { slug: post.slug } });
    await succeed(cloud.env, "publishPost", { ...own, body: {} });
    await untilInvalidated(page);
    // Only these URLs showed the post before, as "is not reachable by the app's internal routes" checks.
    const requests = [...canonicalRequests(post), ...canonicalRequests(former)];
    expect(await showing(post, requests)).not.toEqual([]);

    if (act === "unpublished") await succeed(cloud.env, "unpublishPost", own);
    else await succeed(cloud.env, "deletePost", own);
    await untilInvalidated(`${page}-moved`);
    expect(await showing(post, requests)).toEqual([]);
    expect((await get(`${page}-moved`)).status).toBe(404);
    expect([308, 404]).toContain((await get(page)).status);
  });
});

it("a response to ?fresh= is not cached", async () => {
  const post = await secretPost();
  const at = `/@${post.handle}/${post.slug}?fresh=mine`;
  for (let times = 0; times < 2; times += 1) {
    const { status, headers } = await get(at);
    expect([status, headers["cache-control"], headers["x-cache"]]).toEqual([200, "no-store", "Miss from cloudfront"]);
  }
});
