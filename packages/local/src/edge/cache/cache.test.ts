import { describe, expect, it } from "vitest";
import { answers, asked, edge, get, look, origins, pass } from "./cache-fixture.ts";

describe("a response", () => {
  it("is cached for its s-maxage, max-age or Expires, in this order, and has an Age header", async () => {
    for (const [name, headers] of Object.entries({
      shared: { "cache-control": "public, max-age=5, s-maxage=10" },
      own: { "cache-control": "max-age=10" },
      dated: { expires: new Date(Date.now() + 10_000).toUTCString() },
    })) {
      answers(headers);
      asked.length = 0;
      expect(await look(`/${name}`)).toBe("Miss answer 1");
      pass(7);
      const { result, headers: received } = await get(`/${name}`);
      expect([result, received.age]).toEqual(["Hit", "7"]);
      pass(4);
      expect(await look(`/${name}`)).toBe("Miss answer 2");
    }
  });

  it("is cached within the limits of the policy, regardless of its headers", async () => {
    answers({ "cache-control": "private, no-store" });
    expect([await look("/chosen/a"), await look("/chosen/a")]).toEqual(["Miss answer 1", "Hit answer 1"]);
    pass(61);
    expect(await look("/chosen/a")).toBe("Miss answer 2");
    answers({ "cache-control": "max-age=100000" });
    await look("/chosen/b");
    pass(181);
    expect(await look("/chosen/b")).toMatch(/^Miss/);
    answers({});
    await look("/chosen/c");
    pass(119);
    expect(await look("/chosen/c")).toMatch(/^Hit/);
    answers({ "cache-control": "max-age=100" });
    await look("/never/a");
    expect(await look("/never/a")).toMatch(/^Miss/);
  });

  it.each([
    {},
    { "cache-control": "no-store, max-age=60" },
    { "cache-control": "no-cache, max-age=60" },
    { "cache-control": "private, max-age=60" },
    { "cache-control": "max-age=0" },
    { "cache-control": "max-age=60", vary: "*" },
  ])("with %o is not cached", async (headers) => {
    answers(headers);
    expect([await look("/a"), await look("/a")]).toEqual(["Miss answer 1", "Miss answer 2"]);
  });

  it("is revalidated after it expires, and kept if the origin returns 304", async () => {
    answers({ etag: '"1"', "cache-control": "max-age=10" });
    await look("/a");
    pass(11);
    expect(await look("/a", { "if-none-match": '"older"' })).toBe("RefreshHit answer 1");
    expect(asked[1]?.headers["if-none-match"]).toBe('"1"');
    pass(9);
    expect(await look("/a")).toBe("Hit answer 1");
    answers({ etag: '"2"', "cache-control": "max-age=10" });
    pass(2);
    expect(await look("/a")).toBe("Miss answer 3");
  });

  it("is cached with its cookies, unless Cache-Control excludes them", async () => {
    answers({ "set-cookie": "a=b", "cache-control": "max-age=10" });
    await get("/a");
    expect((await get("/a")).headers["set-cookie"]).toEqual(["a=b"]);
    answers({ "set-cookie": "a=b", "cache-control": 'max-age=10, no-cache="Set-Cookie"' });
    expect((await get("/b")).headers["set-cookie"]).toEqual(["a=b"]);
    const { result, headers } = await get("/b");
    expect([result, headers["set-cookie"]]).toEqual(["Hit", undefined]);
  });

  it("is not cached when the origin aborts it", async () => {
    origins((_, response) => {
      response.writeHead(200, { "cache-control": "max-age=10", "content-length": "100" }).write("half");
      setImmediate(() => response.destroy());
    });
    expect((await get("/a")).status).toBe(502);
    answers({ "cache-control": "max-age=10" });
    expect(await look("/a")).toBe("Miss answer 2");
  });
});

describe("the cache key", () => {
  it("contains the path, the query and the headers of the policy only", async () => {
    answers({ "cache-control": "max-age=10", vary: "Accept-Language" });
    await look("/a?x=1", { authorization: "one" });
    const same = { authorization: "one", cookie: "a=b", "accept-language": "de", "user-agent": "other" };
    expect(await look("/a?x=1", same)).toBe("Hit answer 1");
    expect(await look("/a?x=1", { authorization: "two" })).toBe("Miss answer 2");
    expect(await look("/a?x=1")).toBe("Miss answer 3");
    expect(await look("/a?x=2", { authorization: "one" })).toBe("Miss answer 4");
    expect(await look("/b?x=1", { authorization: "one" })).toBe("Miss answer 5");
  });

  it("contains the cookies and parameters that a policy selects", async () => {
    answers({ "cache-control": "max-age=60" });
    await look("/chosen/a?utm=1&x=1", { cookie: "theme=dark; id=1" });
    expect(await look("/chosen/a?x=1&utm=2", { cookie: "id=2; theme=dark" })).toBe("Hit answer 1");
    expect(await look("/chosen/a?x=1", { cookie: "theme=light" })).toBe("Miss answer 2");
    expect(await look("/chosen/a?x=2", { cookie: "theme=dark" })).toBe("Miss answer 3");
    await look("/files/a?x=1");
    expect(await look("/files/a?x=2", { cookie: "theme=dark" })).toBe("Hit answer 4");
  });

  it("contains the encoding that the viewer accepts, and responses are stored compressed", async () => {
    origins((_, response) => {
      const body = "x".repeat(2_000);
      response.writeHead(200, {
        "content-type": "text/plain",
        "content-length": body.length,
        etag: '"1"',
        "cache-control": "max-age=10",
      });
      response.end(body);
    });
    const first = await get("/a", { "accept-encoding": "gzip, deflate, br" });
    const second = await get("/a", { "accept-encoding": "br;q=1, gzip" });
    expect([first.result, second.result, second.headers["content-encoding"]]).toEqual(["Miss", "Hit", "br"]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.etag).toBe('W/"1"');
    const plain = await get("/a");
    expect([plain.result, plain.headers["content-encoding"], plain.headers.etag]).toEqual(["Miss", undefined, '"1"']);
  });
});

describe("a request for a cached response", () => {
  it("can be a HEAD request, while other methods go to the origin", async () => {
    answers({ "cache-control": "max-age=10" });
    await get("/a");
    const head = await get("/a", {}, "HEAD");
    expect([head.result, head.headers["content-length"], head.text]).toEqual(["Hit", "8", ""]);
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      expect((await get("/a", {}, method)).result).toBe("Miss");
    }
    expect(await look("/a")).toBe("Hit answer 1");
  });

  it("gets a 304 if the viewer has the response, and a 206 for a range", async () => {
    answers({ etag: '"1"', "last-modified": "Mon, 05 Jan 2026 10:00:00 GMT", "cache-control": "max-age=10" });
    await get("/a");
    for (const condition of [
      { "if-none-match": 'W/"0", W/"1"' },
      { "if-modified-since": "Mon, 05 Jan 2026 10:00:00 GMT" },
    ]) {
      const { status, result, text, headers } = await get("/a", condition);
      expect([status, result, text, headers.etag]).toEqual([304, "Hit", "", '"1"']);
    }
    const part = await get("/a", { range: "bytes=-1" });
    expect([part.status, part.text, part.headers["content-range"]]).toEqual([206, "1", "bytes 7-7/8"]);
    expect((await get("/a", { range: "bytes=0-1", "if-range": '"0"' })).status).toBe(200);
    expect((await get("/a", { range: "bytes=90-" })).status).toBe(416);
    expect(asked).toHaveLength(1);
  });

  it("waits for a pending request for the same key, and goes to the origin if its response is private", async () => {
    for (const [cacheControl, requests] of [
      ["max-age=10", 1],
      ["private", 5],
    ] as const) {
      asked.length = 0;
      edge.invalidate(["/*"]);
      answers({ "cache-control": cacheControl });
      const all = await Promise.all(Array.from({ length: 5 }, () => look("/a")));
      expect(asked).toHaveLength(requests);
      expect(new Set(all.map((each) => each.split(" ").at(-1))).size).toBe(requests);
    }
  });
});

describe("an invalidation", () => {
  it("drops an exact path, or all paths with a prefix", async () => {
    answers({ "cache-control": "max-age=10" });
    for (const path of ["/a/1", "/a/2?x=1", "/b"]) await get(path);
    expect(edge.invalidate(["/a/1"])).toBe(1);
    const results = async () => [(await get("/a/1")).result, (await get("/a/2?x=1")).result, (await get("/b")).result];
    expect(await results()).toEqual(["Miss", "Hit", "Hit"]);
    expect(edge.invalidate(["/a/*", "/c"])).toBe(2);
    expect(await results()).toEqual(["Miss", "Miss", "Hit"]);
    expect(edge.invalidate(["/*"])).toBe(3);
  });
});
