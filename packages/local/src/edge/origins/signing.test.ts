import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { edge, events, get } from "../fixture.ts";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(edge.url + path, { method: "POST", body, headers });
beforeEach(() => void events.splice(0));

describe("a function URL behind origin access control", () => {
  it("receives CloudFront's signature instead of the viewer's Authorization", async () => {
    expect((await get("/page", { authorization: "Bearer of the viewer" })).status).toBe(200);
    expect(events).toEqual([
      expect.objectContaining({
        headers: expect.objectContaining({
          authorization: expect.stringMatching(
            /^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/eu-west-1\/lambda\/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$/,
          ),
          "x-amz-date": expect.stringMatching(/^\d{8}T\d{6}Z$/),
        }),
      }),
    ]);
  });

  it("accepts a body only with its hash, and an empty body without one", async () => {
    expect((await post("/page", "text", { "x-amz-content-sha256": hashOf("text") })).status).toBe(200);
    expect((await post("/page", "")).status).toBe(200);
    for (const headers of [{}, { "x-amz-content-sha256": hashOf("other") }]) {
      const refused = await post("/page", "text", headers);
      expect(refused.status).toBe(403);
      expect(refused.headers.get("x-amzn-errortype")).toBe("InvalidSignatureException");
      expect((await refused.json()).message).toMatch(/^The request signature we calculated does not match/);
    }
    expect(events).toHaveLength(2);
  });

  it("accepts a path only if no implementation of the signature encodes it", async () => {
    expect((await get("/page/a-b_c.d~e/F9")).status).toBe(200);
    for (const path of ["/page/caf%C3%A9", "/page/a%20b", "/page/@maya", "/page/a+b", "/page/(a)"]) {
      const { status, headers } = await get(path);
      expect([path, status, headers["x-amzn-errortype"]]).toEqual([path, 403, "InvalidSignatureException"]);
    }
  });

  it("refuses an unsigned request: without signing, and with a viewer's Authorization under no-override", async () => {
    expect(await (await fetch(`${edge.url}/unsigned`)).json()).toEqual({ Message: "Forbidden" });
    expect((await get("/no-override")).status).toBe(200);
    expect((await get("/no-override", { authorization: "Bearer of the viewer" })).status).toBe(403);
  });
});
