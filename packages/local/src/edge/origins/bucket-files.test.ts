import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { events, get, script } from "../fixture.ts";

describe("a site's files behind the edge", () => {
  const etag = `"${createHash("md5").update(script).digest("hex")}"`;

  it("have S3's headers, and versioned files are immutable", async () => {
    const { status, headers, body } = await get("/_next/static/app.js");
    expect([status, body.toString()]).toEqual([200, script]);
    expect(headers).toMatchObject({
      "content-type": "text/javascript;charset=UTF-8",
      "cache-control": "public,max-age=31536000,immutable",
      etag,
      "accept-ranges": "bytes",
      "content-length": String(script.length),
    });
    expect((await get("/favicon.svg")).headers).toMatchObject({
      "content-type": "image/svg+xml;charset=UTF-8",
      "cache-control": "public,max-age=0",
    });
    expect((await get("/worker.js")).headers).toMatchObject({
      "content-type": "text/javascript;charset=UTF-8",
      "cache-control": "no-cache",
    });
    expect((await get("/fonts/inter.woff2")).headers).toMatchObject({ "content-type": "font/woff2" });
    expect(events).toEqual([]);
  });

  it("support HEAD, ranges and conditional requests", async () => {
    const head = await get("/_next/static/app.js", {}, "HEAD");
    expect([head.status, head.headers["content-length"], head.body.length]).toEqual([200, String(script.length), 0]);
    const range = await get("/_next/static/app.js", { range: "bytes=7-11" });
    expect([range.status, range.body.toString(), range.headers["content-range"]]).toEqual([
      206,
      "const",
      `bytes 7-11/${script.length}`,
    ]);
    expect((await get("/_next/static/app.js", { range: "bytes=-3" })).body.toString()).toBe('x";');
    expect((await get("/_next/static/app.js", { range: "bytes=99999-" })).status).toBe(416);
    for (const condition of [
      { "if-none-match": `W/${etag}` },
      { "if-modified-since": new Date(Date.now() + 1000).toUTCString() },
    ]) {
      expect((await get("/_next/static/app.js", condition)).status).toBe(304);
    }
    expect((await get("/_next/static/app.js", { "if-none-match": '"other"' })).status).toBe(200);
  });

  it("are denied if they do not exist or are outside their folder", async () => {
    for (const path of [
      "/_next/static/gone.js",
      "/_next/static/..%2F..%2F..%2Fsecret.txt",
      "/_next/static/%2e%2e/%2e%2e/%2e%2e/secret.txt",
    ]) {
      const { status, body } = await get(path);
      expect([status, body.toString()]).toEqual([403, expect.stringContaining("AccessDenied")]);
    }
  });

  it("are refused with 400 if the path is malformed", async () => {
    for (const path of ["/_next/static/%", "/_next/static/%zz.js", "/_next/static/%ff.js"]) {
      const { status, body } = await get(path);
      expect([status, body.toString()]).toEqual([400, expect.stringContaining("InvalidURI")]);
    }
  });
});
