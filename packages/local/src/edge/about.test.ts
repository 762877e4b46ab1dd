import { afterAll, describe, expect, it } from "vitest";
import { startEdge } from "./edge.ts";
import { edge, get, shared } from "./fixture.ts";

let asked = 0;
const telling = await startEdge({ ...shared, about: () => ({ mailUrl: "http://localhost:8025", asked: ++asked }) });
afterAll(() => telling.close());

describe("/__local", () => {
  it("returns the mail URL to a page, uncached", async () => {
    const first = await fetch(`${telling.url}/__local`);
    expect(first.headers.get("cache-control")).toBe("no-store");
    expect(await first.json()).toEqual({ mailUrl: "http://localhost:8025", asked: 1 });
    expect(await (await fetch(`${telling.url}/__local`)).json()).toMatchObject({ asked: 2 });
  });

  it("refuses requests from other sites", async () => {
    const foreign = await fetch(`${telling.url}/__local`, { headers: { origin: "https://elsewhere.example" } });
    expect([foreign.status, await foreign.text()]).toEqual([403, "The local cloud answers only this machine.\n"]);
  });

  it("is an ordinary path if the edge has no local information, as on AWS", async () => {
    const { status, headers } = await get("/__local");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html");
    expect(edge.url).not.toBe(telling.url);
  });
});
