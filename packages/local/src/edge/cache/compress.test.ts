import zlib from "node:zlib";
import { describe, expect, it } from "vitest";
import { get } from "../fixture.ts";

describe("compression", () => {
  it.each([
    ["gzip, deflate, br", "br", zlib.brotliDecompressSync],
    ["gzip", "gzip", zlib.gunzipSync],
    ["br;q=0, gzip", "gzip", zlib.gunzipSync],
  ])("for Accept-Encoding %s uses %s, and weakens the ETag", async (accepted, encoding, decode) => {
    const { headers, body } = await get("/v1/todos", { "accept-encoding": accepted });
    expect(headers).toMatchObject({ "content-encoding": encoding, etag: 'W/"7"', vary: "Accept-Encoding" });
    expect(JSON.parse(decode(body).toString())).toMatchObject({ url: "/v1/todos" });
  });

  it("skips short, incompressible and partial responses, and viewers that do not accept it", async () => {
    const none = [
      await get("/v1/todos"),
      await get("/todos", { "accept-encoding": "br" }),
      await get("/fonts/inter.woff2", { "accept-encoding": "br" }),
      await get("/_next/static/app.js", { "accept-encoding": "br", range: "bytes=0-1500" }),
    ];
    expect(none.map(({ headers }) => headers["content-encoding"])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(none[0]?.headers.etag).toBe('"7"');
  });
});
