import { createHash } from "node:crypto";
import { clientAddressHeader, originSecretHeader } from "@daybook/core/contract/edge";
import { revalidationSecretHeader } from "@daybook/core/published/cache-tags";
import type { Graph } from "@daybook/local/graph/graph";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { buildWeb } from "../../scripts/lib/web.ts";
import { newTodo, newUser, type TestUser } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  await buildWeb();
  cloud = await runCloud();
  [ada, bob] = [await newUser(cloud.env), await newUser(cloud.env)];
});
afterEach(() => cloud.dynamo.faults.clear());
afterAll(() => cloud.remove());

interface Seen {
  readonly status: number;
  /** The cache result: `Hit`, `Miss`, … */
  readonly result: string | undefined;
  /** The gateway's request id. Two responses with the same id are one cached response. */
  readonly requestId: string | null;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends a request as a browser does, accepting compressed responses. */
async function get(path: string, headers: Record<string, string> = {}, at = cloud): Promise<Seen> {
  const response = await fetch(at.url + path, { headers });
  return {
    status: response.status,
    result: response.headers.get("x-cache")?.replace(" from cloudfront", ""),
    requestId: response.headers.get("apigw-requestid"),
    headers: response.headers,
    body: await response.text(),
  };
}

const as = ({ token }: TestUser) => ({ authorization: `Bearer ${token}` });
const todosOf = ({ inbox }: TestUser) => `/v1/lists/${inbox.id}/todos`;

/** Makes listing todos fail with a throttling error, until `faults.clear()`. */
const breakDatabase = (at: RunningCloud) =>
  at.dynamo.faults.next({
    operation: "BatchGetItem",
    error: { code: "ProvisionedThroughputExceededException" },
    times: 1_000,
    caller: "ListTodosFunction",
  });

/** Returns the program with a distribution that has no error settings. */
function withoutErrorSettings(graph: Graph): Graph {
  const type = "aws:cloudfront:Distribution";
  const { customErrorResponses: _, ...distribution } = graph.resources[type]?.RouterCdnDistribution ?? {};
  return { ...graph, resources: { ...graph.resources, [type]: { RouterCdnDistribution: distribution } } };
}

describe("an API error", () => {
  it.each([
    [401, "no token", () => get("/v1/lists")],
    [404, "no such path", () => get("/v1/nothing")],
    [404, "no path at all", () => get("/v1")],
    [404, "another person's list", () => get(`/v1/lists/${bob.inbox.id}`, as(ada))],
    [400, "a cursor that is none", () => get("/v1/lists?cursor=none", as(ada))],
    [405, "a method that is none", () => get("/v1/session", as(ada))],
  ])("is not cached: %i for %s", async (status, _, ask) => {
    const [first, second] = [await ask(), await ask()];
    for (const seen of [first, second]) expect([seen.status, seen.result]).toEqual([status, "Error"]);
    expect(second.requestId).not.toBe(first.requestId);
    expect(second.headers.has("age")).toBe(false);
  });

  it("ends as soon as its cause is fixed", async () => {
    breakDatabase(cloud);
    expect(await get(todosOf(ada), as(ada))).toMatchObject({ status: 503, result: "Error" });
    cloud.dynamo.faults.clear();
    expect(await get(todosOf(ada), as(ada))).toMatchObject({ status: 200, result: "Miss" });
  });

  it("would be cached without the distribution's setting, despite its own no-store", async () => {
    const other = await runCloud(withoutErrorSettings);
    try {
      const user = await newUser(other.env);
      breakDatabase(other);
      const first = await get(todosOf(user), as(user), other);
      expect([first.status, first.headers.get("cache-control")]).toEqual([503, "no-store"]);
      other.dynamo.faults.clear();
      const second = await get(todosOf(user), as(user), other);
      expect([second.status, second.requestId]).toEqual([503, first.requestId]);
    } finally {
      await other.remove();
    }
  });
});

describe("a private API response", () => {
  it("is sent only to its user, even for concurrent requests of the same URL", async () => {
    const readers = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? ada : bob));
    const answers = await Promise.all(readers.map((reader) => get("/v1/me", as(reader))));
    for (const [i, { result, body, headers }] of answers.entries()) {
      expect(JSON.parse(body)).toMatchObject({ email: readers[i]?.email });
      expect([result, headers.get("cache-control")]).toEqual(["Miss", "private, no-cache"]);
    }
    expect(new Set(answers.map(({ requestId }) => requestId)).size).toBe(readers.length);
  });

  it("matches the entity tag that compression has weakened, for reads and writes", async () => {
    const todo = await newTodo(cloud.env, ada, { title: "Long", notes: "word ".repeat(500) });
    const path = `${todosOf(ada)}/${todo.id}`;
    const { headers } = await get(path, as(ada));
    const etag = headers.get("etag") ?? "";
    expect([headers.get("content-encoding"), etag]).toEqual(["gzip", expect.stringMatching(/^W\/"/)]);
    expect(await get(path, { ...as(ada), "if-none-match": etag })).toMatchObject({ status: 304, body: "" });
    const write = async () => {
      const response = await fetch(cloud.url + path, {
        method: "PATCH",
        headers: { ...as(ada), "if-match": etag, "content-type": "application/merge-patch+json" },
        body: JSON.stringify({ completed: true }),
      });
      return response.status;
    };
    expect([await write(), await write()]).toEqual([200, 412]);
    expect(await get(path, { ...as(ada), "if-none-match": etag })).toMatchObject({ status: 200, result: "Miss" });
  });
});

describe("the API's own endpoint", () => {
  const address = "203.0.113.7";
  /** Sends a request that bypasses the edge. */
  const direct = (path: string, headers: Record<string, string> = {}) =>
    fetch(cloud.apiUrls.ApiApi + path, { headers: { [clientAddressHeader]: address, ...headers } });
  const secrets = () => cloud.graph.all("random:index:RandomPassword").filter(({ name }) => /^OriginSecret/.test(name));
  /** Returns the client address that the function logged for a request. */
  const loggedAddress = (requestId: string | null) =>
    vi.waitFor(() => {
      const lines = cloud.log().split("\n");
      const line = lines.find((each) => each.includes(String(requestId)) && each.includes("clientAddress="));
      return /clientAddress=(\S+)/.exec(line ?? expect.fail("not logged yet"))?.[1];
    });

  it("refuses requests that bypass the edge, with or without a token", async () => {
    for (const headers of [{}, as(ada), { [originSecretHeader]: "guessed" }]) {
      const response = await direct("/v1/health", headers);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ type: "urn:daybook:problem:direct-access-forbidden" });
    }
    expect((await direct("/v1/me", as(ada))).status).toBe(403);
    expect((await direct("/v1/nothing")).status).toBe(403);
  });

  it("accepts either of the two secrets, and then trusts the client address header", async () => {
    expect(secrets()).toHaveLength(2);
    for (const { result } of secrets()) {
      const response = await direct("/v1/health", { [originSecretHeader]: String(result) });
      expect(response.status).toBe(200);
      expect(await loggedAddress(response.headers.get("apigw-requestid"))).toBe(address);
    }
  });

  it("receives the client address from the edge, regardless of the client's headers", async () => {
    const { status, requestId } = await get("/v1/health", {
      [clientAddressHeader]: address,
      [originSecretHeader]: "guessed",
      "x-forwarded-for": address,
    });
    expect(status).toBe(200);
    expect(await loggedAddress(requestId)).toMatch(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/);
  });

  // #region blog
  it("is read by the site's server with the secret, which no page contains", async () => {
    const page = await get("/blog");
    expect(page.status).toBe(200);
    for (const { result } of secrets()) expect(page.body + JSON.stringify([...page.headers])).not.toContain(result);
  });
  // #endregion blog
});

// #region blog
describe("/revalidate", () => {
  const body = JSON.stringify({ tags: ["posts"] });
  const hash = createHash("sha256").update(body).digest("hex");
  const post = async (headers: Record<string, string>) => {
    const response = await fetch(`${cloud.url}/revalidate`, { method: "POST", body, headers });
    return { status: response.status, text: await response.text() };
  };
  const secret = () =>
    String(cloud.graph.all("random:index:RandomPassword").find(({ name }) => name === "RevalidationPassword")?.result);

  it("takes the secret in its own header, which the edge's signature does not cover", async () => {
    const signed = { "x-amz-content-sha256": hash };
    expect(await post({ ...signed, [revalidationSecretHeader]: secret() })).toMatchObject({ status: 204 });
    expect(await post({ ...signed, [revalidationSecretHeader]: "wrong" })).toMatchObject({ status: 401 });
    expect(await post({ ...signed, authorization: `Bearer ${secret()}` })).toMatchObject({ status: 401 });
  });

  it("is refused by Lambda without the hash of its body", async () => {
    const { status, text } = await post({ [revalidationSecretHeader]: secret() });
    expect([status, JSON.parse(text).message]).toEqual([403, expect.stringMatching(/^The request signature/)]);
  });
});
// #endregion blog

describe("a public API response", () => {
  const path = "/v1/openapi.json";

  it("is cached with an age, and an invalidation refreshes it", async () => {
    cloud.edge?.invalidate(["/*"]);
    const first = await get(path);
    const second = await get(path);
    expect([first.result, second.result]).toEqual(["Miss", "Hit"]);
    expect([second.requestId, second.body]).toEqual([first.requestId, first.body]);
    expect(second.headers.get("age")).toMatch(/^\d+$/);
    expect(second.headers.get("cache-control")).toMatch(/s-maxage=\d+, stale-while-revalidate=\d+$/);
    cloud.edge?.invalidate([path]);
    const third = await get(path);
    expect([third.result, third.requestId === first.requestId]).toEqual(["Miss", false]);
  });

  it("is cached per Authorization header, and by nothing else of the request", async () => {
    cloud.edge?.invalidate(["/*"]);
    const results = [];
    for (const headers of [{}, as(ada), as(bob), as(ada), { cookie: "theme=dark" }]) {
      results.push((await get(path, headers)).result);
    }
    expect(results).toEqual(["Miss", "Miss", "Miss", "Hit", "Hit"]);
  });

  it("supports 304 with the tags of both encodings", async () => {
    for (const encoding of ["gzip", "identity"]) {
      const { headers } = await get(path, { "accept-encoding": encoding });
      const tag = headers.get("etag") ?? "";
      const again = await get(path, { "if-none-match": tag });
      expect([tag.startsWith("W/"), again.status, again.result]).toEqual([encoding === "gzip", 304, "Hit"]);
    }
  });
});

describe("the web app", () => {
  const page = "/sign-in";

  it("has pages that are cached until a deployment invalidates them", async () => {
    cloud.edge?.invalidate(["/*"]);
    const [first, second] = [await get(page), await get(page, as(ada))];
    expect([first.result, second.result]).toEqual(["Miss", "Hit"]);
    expect(first.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(second.headers.get("content-security-policy")).toBe(first.headers.get("content-security-policy"));
    cloud.edge?.invalidate(["/*"]);
    expect((await get(page)).result).toBe("Miss");
  });

  it("has compressed scripts that browsers cache forever", async () => {
    const [, script = ""] = /<script src="(\/_next\/static\/[^"]+)"/.exec((await get(page)).body) ?? [];
    const { status, headers } = await get(script);
    expect([status, headers.get("content-encoding")]).toEqual([200, "gzip"]);
    expect(headers.get("content-type")).toMatch(/^text\/javascript/);
    expect(headers.get("cache-control")).toBe("public,max-age=31536000,immutable");
    expect((await get(script)).result).toBe("Hit");
  });

  it.each([
    [404, "/nowhere"],
    [403, "/_next/static/nothing.js"],
  ])("does not cache errors: %i %s", async (status, path) => {
    for (let i = 0; i < 2; i++) expect(await get(path)).toMatchObject({ status, result: "Error" });
  });
});

it("every response has the security headers, including errors", async () => {
  for (const path of [
    "/",
    "/icon.svg",
    "/_next/static/nothing.js",
    "/nowhere",
    "/v1/health",
    "/v1/lists",
    "/v1/nothing",
    "/media/nothing.webp",
  ]) {
    const { headers } = await get(path);
    expect(Object.fromEntries(headers), path).toMatchObject({
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "strict-transport-security": "max-age=63072000; includeSubDomains",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
    });
  }
});
