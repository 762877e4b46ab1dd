import { describe, expect, it } from "vitest";
import { answers, asked, get, look, origins, pass } from "./cache-fixture.ts";

describe("an error", () => {
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
  ])("%i with %o is kept for %i seconds", async (status, headers, seconds) => {
    answers(headers, status);
    expect((await get("/a")).status).toBe(status);
    if (seconds > 0) {
      pass(seconds - 1);
      expect(await look("/a")).toBe("Error answer 1");
    }
    pass(1);
    expect(await look("/a")).toBe("Error answer 2");
  });

  it("is not kept where the policy keeps nothing", async () => {
    answers({}, 404);
    await get("/never/a");
    expect(await look("/never/a")).toBe("Error answer 2");
  });

  it("gives way to the distribution's page for it, which is kept in its stead", async () => {
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

describe("an expired answer", () => {
  it("serves on while a newer one is fetched, for as long as stale-while-revalidate says", async () => {
    answers({ "cache-control": "max-age=10, stale-while-revalidate=20" });
    await look("/a");
    pass(15);
    expect(await look("/a")).toBe("Hit answer 1");
    await expect.poll(() => look("/a")).toBe("Hit answer 2");
    expect(asked).toHaveLength(2);
    pass(31);
    expect(await look("/a")).toBe("Miss answer 3");
  });

  it("serves on when the origin fails, which is not asked again at once", async () => {
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

  it("serves on when the origin is gone, but never longer than stale-if-error says", async () => {
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
