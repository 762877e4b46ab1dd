import { describe, expect, it } from "vitest";
import { answers, asked, get, look, origins, pass } from "./cache-fixture.ts";

describe("an error response", () => {
  it.each([
    [404, {}, 10],
    [404, { "cache-control": "max-age=20" }, 20],
    [404, { "cache-control": "no-store" }, 0],
    [500, { "cache-control": "no-store" }, 10],
    [503, { "cache-control": "no-store" }, 0],
    [503, { "cache-control": "max-age=5" }, 5],
    [400, {}, 0],
    [400, { "cache-control": "max-age=5" }, 10],
    [403, {}, 0],
    [401, { "cache-control": "max-age=5" }, 0],
  ])("with status %i and headers %o is cached for %i seconds", async (status, headers, seconds) => {
    answers(headers, status);
    expect((await get("/a")).status).toBe(status);
    if (seconds > 0) {
      pass(seconds - 1);
      expect(await look("/a")).toBe("Error answer 1");
    }
    pass(1);
    expect(await look("/a")).toBe("Error answer 2");
  });

  it("is not cached if the policy disables caching", async () => {
    answers({}, 404);
    await get("/never/a");
    expect(await look("/never/a")).toBe("Error answer 2");
  });

  it("is replaced with the distribution's error page, which is cached instead", async () => {
    origins((request, response) => {
      if (request.url === "/files/long.html") response.writeHead(200, { "content-type": "text/html" }).end("too long");
      else response.writeHead(414).end();
    });
    for (const expected of ["Error", "Error"]) {
      const { status, text, headers, result } = await get("/a");
      expect([status, text, headers["content-type"], result]).toEqual([404, "too long", "text/html", expected]);
    }
    expect(asked.map(({ url }) => url)).toEqual(["/a", "/files/long.html"]);
    origins((_, response) => response.writeHead(414).end("no page"));
    expect(await get("/b")).toMatchObject({ status: 414, text: "no page" });
  });
});

describe("an expired response", () => {
  it("is served during its refresh, for as long as stale-while-revalidate allows", async () => {
    answers({ "cache-control": "max-age=10, stale-while-revalidate=20" });
    await look("/a");
    pass(15);
    expect(await look("/a")).toBe("Hit answer 1");
    await expect.poll(() => look("/a")).toBe("Hit answer 2");
    expect(asked).toHaveLength(2);
    pass(31);
    expect(await look("/a")).toBe("Miss answer 3");
  });

  it("is served when the origin fails, which is not retried immediately", async () => {
    answers({ "cache-control": "max-age=10" });
    await look("/a");
    answers({}, 500);
    pass(11);
    expect(await look("/a")).toBe("Hit answer 1");
    expect(await look("/a")).toBe("Hit answer 1");
    expect(asked).toHaveLength(2);
    pass(10);
    await look("/a");
    expect(asked).toHaveLength(3);
    answers({}, 404);
    pass(10);
    expect(await look("/a")).toMatch(/^Error/);
  });

  it("is served when the origin is unreachable, for as long as stale-if-error allows", async () => {
    answers({ "cache-control": "max-age=10, stale-if-error=20" });
    await look("/a");
    origins((request) => request.destroy());
    pass(15);
    expect(await look("/a")).toBe("Hit answer 1");
    pass(20);
    expect((await get("/a")).status).toBe(502);
    answers({ "cache-control": "max-age=10, stale-if-error=0" });
    await look("/b");
    answers({}, 503);
    pass(11);
    expect((await get("/b")).status).toBe(503);
  });
});
