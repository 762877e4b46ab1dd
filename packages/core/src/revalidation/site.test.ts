import { createHash } from "node:crypto";
import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { SiteEvent } from "../events.blog.ts";
import { newAuthor, newPublished } from "../post/test-posts.ts";
import { testClock } from "../test-clock.ts";
import { refresh } from "./site.refresh.ts";
import { stale } from "./site.stale.ts";
import { httpSite } from "./site.ts";

const postId = "pst_01KAJ00000000000000000000A";
const event = (members: object) => SiteEvent.parse({ postId, handle: "maya", slug: "gardens", ...members });
const page = { type: "page.changed", month: "2026-11", tags: ["soil", "größe"] };
const [pageChanged, pageRemoved] = [event(page), event({ ...page, removed: true })];
const userId = `usr_${"1".repeat(8)}-2222-4333-8444-555555555555`;
const authorChanged = event({ type: "author.changed", userId });
const sorted = (set: ReadonlySet<string>) => [...set].toSorted();
const none = new Map();

describe("stale", () => {
  it("returns every tag and page that shows a changed post", () => {
    const { tags, paths } = stale([pageChanged], none);
    expect(sorted(tags)).toEqual(
      [
        ...["posts", `post:${postId}`, "page:maya/gardens", "author:maya", "month:2026-11", "tag:soil", "tag:größe"],
      ].toSorted(),
    );
    const lists = ["/blog", "/@maya", "/tags/soil", "/tags/gr%C3%B6%C3%9Fe", "/archive", "/archive/2026-11"];
    expect(sorted(paths)).toEqual(["/@maya/gardens", ...lists].toSorted());
  });

  it("returns every path that may show a removed post, also in the form that the site's server gets", () => {
    const { paths, removed } = stale([pageRemoved], none);
    expect(paths).toEqual(stale([pageChanged], none).paths);
    const places = ["", "/@maya", "/~40maya", "/tags/soil", "/tags/gr%C3%B6%C3%9Fe", "/tags/gr~C3~B6~C3~9Fe"];
    const feeds = places.flatMap((place) => ["feed.xml", "atom.xml", "feed.json"].map((file) => `${place}/${file}`));
    const pages = [...paths, "/~40maya", "/~40maya/gardens", "/tags/gr~C3~B6~C3~9Fe"];
    const api = [`/v1/posts/${postId}`, `/v1/posts/${postId}/comments`, "/v1/authors/maya/posts/gardens", "/v1/posts"];
    const sitemaps = ["/sitemap.xml", "/sitemap/pages.xml", "/sitemap/2026-11.xml"];
    expect(sorted(removed)).toEqual([...pages, ...feeds, ...api, ...sitemaps].toSorted());
    expect(stale([pageChanged], none).removed.size).toBe(0);
  });

  it("returns the former month of a post whose date of publication changed, too", () => {
    const { tags, paths } = stale([event({ ...page, formerMonth: "2019-05" })], none);
    expect([...tags]).toEqual(expect.arrayContaining(["month:2026-11", "month:2019-05"]));
    expect([...paths]).toEqual(expect.arrayContaining(["/archive/2026-11", "/archive/2019-05"]));
  });

  it("returns the page of a changed author", () => {
    const { tags, paths } = stale([authorChanged], none);
    expect([sorted(tags), sorted(paths)]).toEqual([["author:maya"], ["/@maya"]]);
  });
});

interface Seen {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

describe("refresh", () => {
  const seen: Seen[] = [];
  let answer: (request: Seen) => number;
  const server = http.createServer(async (request, response) => {
    const { method, url = "", headers } = request;
    const one = { method, url, headers, body: await text(request) };
    seen.push(one);
    response.writeHead(answer(one)).end();
  });
  let table: TestTable;
  beforeAll(async () => {
    table = await startTestTable();
    connect(() => table.name, table.config);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    server.close();
    await table.close();
  });
  beforeEach(() => {
    seen.length = 0;
    answer = ({ method }) => (method === "POST" ? 204 : 200);
  });
  // The address of a listening TCP server is always an object.
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site = httpSite(origin, () => "secret");

  /** Refreshes the site after the events and records the order of the calls. */
  async function refreshed(...events: SiteEvent[]) {
    const unprepared: string[] = [];
    const invalidated: string[][] = [];
    const edge = {
      async invalidate(paths: readonly string[]) {
        invalidated.push([...paths]);
        seen.push({ method: "INVALIDATE", url: "", headers: {}, body: "" });
      },
    };
    await refresh(events, { site, edge, onUnprepared: (path) => unprepared.push(path) });
    return { unprepared, invalidated };
  }

  it("invalidates tags and prerenders pages, without an invalidation of the edge", async () => {
    const { invalidated } = await refreshed(pageChanged);
    const [first, ...rest] = seen.map(({ method }) => method);
    expect([first, new Set(rest), invalidated]).toEqual(["POST", new Set(["GET"]), []]);
  });

  it("invalidates tags, prerenders pages, and then invalidates the edge if a post was removed", async () => {
    const { invalidated, unprepared } = await refreshed(pageRemoved);
    const methods = seen.map(({ method }) => method);
    expect([methods[0], new Set(methods.slice(1, -1)), methods.at(-1)]).toEqual([
      "POST",
      new Set(["GET"]),
      "INVALIDATE",
    ]);
    const asked = seen.filter(({ method }) => method === "GET").map(({ url }) => new URL(url, origin()));
    expect(invalidated).toEqual([[...stale([pageRemoved], none).removed]]);
    expect(invalidated[0]).toEqual(expect.arrayContaining(asked.map(({ pathname }) => pathname)));
    // Each has a unique query, so that the edge cannot answer from its cache.
    expect(new Set(asked.map(({ searchParams }) => searchParams.get("fresh"))).size).toBe(asked.length);
    expect(unprepared).toEqual([]);
  });

  it("sends the secret to the site and the hash of the body to CloudFront", async () => {
    await refreshed(pageChanged);
    const [{ url, headers, body } = { url: "", headers: {}, body: "" }] = seen;
    expect(url).toBe("/revalidate");
    expect(headers).toMatchObject({
      "x-daybook-revalidation-secret": "secret",
      "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
    });
    expect(JSON.parse(body).tags).toContain("page:maya/gardens");
  });

  it("retries a temporary failure of the site, and keeps the edge cache on a permanent one", async () => {
    let failures = 2;
    answer = ({ method }) => (method === "POST" && failures-- > 0 ? 503 : 204);
    await refreshed(authorChanged);
    expect(seen.filter(({ method }) => method === "POST")).toHaveLength(3);
    answer = () => 401;
    seen.length = 0;
    await expect(refreshed(pageRemoved)).rejects.toThrow();
    expect(new Set(seen.map(({ method }) => method))).toEqual(new Set(["POST"]));
  });

  it("continues when a page cannot be prerendered", async () => {
    answer = ({ method, url }) => (method === "GET" && url.startsWith("/blog") ? 500 : 204);
    const { unprepared, invalidated } = await refreshed(pageRemoved);
    expect(unprepared).toEqual(["/blog"]);
    expect(invalidated[0]).toContain("/blog");
  });

  it("refreshes the page of changed comments, if the post is published", async () => {
    const clock = testClock();
    const author = await newAuthor(clock);
    const post = await newPublished(author);
    const changed = (id: string) => SiteEvent.parse({ type: "comment.changed", postId: id });
    await refreshed(changed(post.id), changed(postId));
    const [forgotten, ...prepared] = seen;
    expect(JSON.parse(forgotten?.body ?? "").tags).toEqual([`comments:${post.id}`, `comments:${postId}`]);
    expect(prepared.map(({ url }) => url.split("?")[0])).toEqual([`/@${author.handle}/${post.published?.slug}`]);
    seen.length = 0;
    await refreshed(changed(postId));
    expect(seen.map(({ method }) => method)).toEqual(["POST"]);
  });
});
