import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

const summary = (id: string, excerpt: string) => ({
  ...{ id, slug: id, title: id, excerpt, tags: [], cover: null, coverAlt: "", words: 1, readingMinutes: 1 },
  ...{ url: `https://daybook.example/v1/posts/${id}`, page: `https://daybook.example/@maya/${id}` },
  ...{ publishedAt: "2026-11-01T00:00:00.000Z", revisedAt: "2026-11-01T00:00:00.000Z" },
  author: { handle: "maya", name: "Maya", page: "https://daybook.example/@maya", avatar: null },
});
const good = summary("good", "Good.");
const bad = summary("bad", "It fails <today>.");

/** A stand-in for the API that fails for one post. */
const api = createServer((request, response) => {
  const answers: Readonly<Record<string, unknown>> = {
    "/v1/posts?limit=20": [bad, good],
    "/v1/posts/good": { ...good, body: "All is *well*.", pictures: [] },
  };
  const answer = answers[request.url ?? ""];
  response.writeHead(answer === undefined ? 500 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(answer ?? {}));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  // `address()` returns an `AddressInfo` for a TCP server.
  const { port } = api.address() as AddressInfo;
  vi.stubEnv("DAYBOOK_API_URL", `http://127.0.0.1:${port}`);
  const route = (path: string) => ({ method: "GET", path });
  vi.stubEnv("DAYBOOK_ROUTES", JSON.stringify({ listPosts: route("/v1/posts"), getPost: route("/v1/posts/{postId}") }));
});
afterAll(() => {
  api.close();
});

it("falls back to the summary of a post that cannot be read", async () => {
  const { readFeed } = await import("./feed.ts");
  const feed = await readFeed({}, "rss");
  expect(feed?.entries.map(({ html }) => html)).toEqual([
    "<p>It fails &lt;today&gt;.</p>",
    '<p dir="auto">All is <em>well</em>.</p>',
  ]);
});
