import http from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { answerWith, calls, gateway, returns } from "./fixture.ts";

describe("CORS", () => {
  const call = (origin: string, init: RequestInit = {}) =>
    request(`${gateway.urls.Closed}/only`, { Origin: origin, ...Object(init.headers) }, init.method);

  it("answers preflight requests without calling the function", async () => {
    const response = await call("https://a.example", {
      method: "OPTIONS",
      headers: { "Access-Control-Request-Method": "GET" },
    });
    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({
      "access-control-allow-origin": "https://a.example",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "x-a",
      "access-control-max-age": "60",
    });
    expect(calls).toEqual([]);
  });

  it("adds its headers for allowed origins only, and replaces the function's", async () => {
    answerWith(returns({ statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "" }));
    expect((await call("https://a.example")).headers).toMatchObject({
      "access-control-allow-origin": "https://a.example",
      "access-control-expose-headers": "etag",
    });
    expect((await call("https://b.example")).headers).not.toHaveProperty("access-control-allow-origin");
  });
});

function request(url: string, headers: Record<string, string>, method = "GET"): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    http
      .request(url, { method, headers }, async (response) => {
        await text(response);
        resolve(response);
      })
      .on("error", reject)
      .end();
  });
}
