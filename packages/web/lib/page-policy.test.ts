import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { withEdgeLifetime, withoutCopies, withPagePolicy } from "./page-policy.ts";
import { contentSecurityPolicy } from "./security-headers.ts";

const strict = contentSecurityPolicy().value;
const hashOf = (script: string) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

const page = (...scripts: string[]) =>
  `<!DOCTYPE html><body>${scripts.map((text) => `<script>${text}</script>`).join("")}`;

function answer(body: string, more: { statusCode?: number; contentType?: string } = {}) {
  const { statusCode = 200, contentType = "text/html; charset=utf-8" } = more;
  return { statusCode, headers: { "content-type": contentType, "content-security-policy": strict }, body };
}

const policyOf = (...scripts: string[]) => withPagePolicy(answer(page(...scripts))).headers["content-security-policy"];

describe("a response to ?fresh=", () => {
  it("is not cacheable, because an invalidation names the path without the query", () => {
    const kept = { statusCode: 200, headers: { "cache-control": "s-maxage=3600, stale-while-revalidate=31532400" } };
    for (const query of ["fresh=1", "a=b&fresh=1"])
      expect(withoutCopies(kept, query).headers["cache-control"]).toBe("no-store");
    for (const query of ["", "refresh=1", undefined]) expect(withoutCopies(kept, query)).toEqual(kept);
  });
});

describe("the time that the edge keeps a page", () => {
  const headersOf = (control: string, more: Record<string, string> = { "x-nextjs-cache": "HIT" }) =>
    withEdgeLifetime({ statusCode: 200, headers: { "cache-control": control, ...more } }).headers;

  it.each([
    ["a fresh page", "s-maxage=3512, stale-while-revalidate=2592000"],
    ["a stale page", "s-maxage=2, stale-while-revalidate=2592000"],
    ["a page that was rendered now", "s-maxage=3600, stale-while-revalidate=31532400"],
  ])("is three seconds for %s, and a day while the site fails", (_, control) => {
    expect(headersOf(control)["cache-control"]).toBe(
      "public, max-age=0, s-maxage=2, stale-while-revalidate=1, stale-if-error=86400",
    );
  });

  it.each([
    ["a page that only a deployment changes", "s-maxage=31536000, stale-while-revalidate=2592000", undefined],
    ["a page that is not cached", "private, no-cache, no-store, max-age=0, must-revalidate", undefined],
    ["a feed, which sets its own", "public, max-age=0, s-maxage=3, stale-if-error=86400", {}],
  ])("is unchanged for %s", (_, control, more) => {
    expect(headersOf(control, more)["cache-control"]).toBe(control);
  });
});

describe("the policy of a page", () => {
  it.each([
    ["the first row of its data", "(self.__next_f=self.__next_f||[]).push([0])"],
    ["a row of its data", String.raw`self.__next_f.push([1,"1:\"$Sreact.fragment\"\n\u003c/script>"])`],
    [
      "the start of its runtime",
      '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":["static/chunks/0j1we3.js"],"runtimeModuleIds":[94553]});',
    ],
  ])("allows %s", (_, script) => {
    expect(policyOf(script)).toContain(`script-src 'self' ${hashOf(script)};`);
  });

  it.each([
    ["any other script", "alert(1)"],
    ["code in the place of data", "self.__next_f.push([1,alert(1)])"],
    ["code after data", 'self.__next_f.push([1,"a"]);alert("b")'],
    ["code between two rows", 'self.__next_f.push([1,"a"]),alert([1]),self.__next_f.push([1,"b"])'],
    [
      "a runtime that starts with chunks from elsewhere",
      '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":["//evil.example/a.js"],"runtimeModuleIds":[]});',
    ],
  ])("blocks %s", (_, script) => {
    expect(policyOf(script)).toBe(strict);
  });

  it("adds no hash for scripts that are loaded from files", () => {
    const html = '<script src="/_next/static/chunks/a.js" async=""></script>';
    expect(withPagePolicy(answer(html)).headers["content-security-policy"]).toBe(strict);
  });

  it("does not change responses other than HTML", () => {
    const data = answer('1:"$Sreact.fragment"', { contentType: "text/x-component" });
    expect(withPagePolicy(data)).toBe(data);
  });

  it("is absent from a 304, which would replace the policy of the cached page", () => {
    expect(withPagePolicy(answer("", { statusCode: 304 })).headers).not.toHaveProperty("content-security-policy");
  });

  it("handles bodies that are base64-encoded for Lambda", () => {
    const script = "(self.__next_f=self.__next_f||[]).push([0])";
    const body = Buffer.from(page(script)).toString("base64");
    const sent = withPagePolicy({ ...answer(body), isBase64Encoded: true });
    expect(sent.headers["content-security-policy"]).toContain(hashOf(script));
  });
});

describe("the policy of a page that uploads files", () => {
  afterEach(() => vi.unstubAllEnvs());
  const reached = () => /connect-src ([^;]*)/.exec(policyOf() ?? "")?.[1];

  it("allows requests to the upload bucket and to no other origin", () => {
    vi.stubEnv("DAYBOOK_UPLOAD_ORIGIN", "https://uploads.s3.eu-west-1.amazonaws.com");
    expect(reached()).toBe("'self' https://uploads.s3.eu-west-1.amazonaws.com");
  });

  it("allows requests to the local stand-in for S3", () => {
    vi.stubEnv("DAYBOOK_UPLOAD_ORIGIN", "https://uploads.s3.eu-west-1.amazonaws.com");
    vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:4321");
    expect(reached()).toBe("'self' http://127.0.0.1:4321");
  });
});
