import { createHash } from "node:crypto";
import { clientAddressHeader, originSecretHeader, revalidationSecretHeader } from "@daybook/core/contract/edge";
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
  /** `Hit`, `Miss`, … */
  readonly result: string | undefined;
  /** The gateway gives each answer another one: two that are equal are one answer, kept. */
  readonly requestId: string | null;
  readonly headers: Headers;
  readonly body: string;
}

/** A request as a browser sends it: it takes compressed answers. */
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

/** Whoever lists todos learns that the database is busy, until `faults.clear()`. */
const breakDatabase = (at: RunningCloud) =>
  at.dynamo.faults.next({
    operation: "BatchGetItem",
    error: { code: "ProvisionedThroughputExceededException" },
    times: 1_000,
    caller: "ListTodosFunction",
  });

/** The program with a distribution that says nothing of errors. */
function withoutErrorSettings(graph: Graph): Graph {
  const type = "aws:cloudfront:Distribution";
  const { customErrorResponses: _, ...distribution } = graph.resources[type]?.RouterCdnDistribution ?? {};
  return { ...graph, resources: { ...graph.resources, [type]: { RouterCdnDistribution: distribution } } };
}

describe("an error of the API", () => {
  it.each([
    [401, "no token", () => get("/v1/lists")],
    [404, "no such path", () => get("/v1/nothing")],
    [404, "no path at all", () => get("/v1")],
    [404, "another person's list", () => get(`/v1/lists/${bob.inbox.id}`, as(ada))],
    [400, "a cursor that is none", () => get("/v1/lists?cursor=none", as(ada))],
    [405, "a method that is none", () => get("/v1/session", as(ada))],
  ])("is made anew for each request: %i for %s", async (status, _, ask) => {
    const [first, second] = [await ask(), await ask()];
    for (const seen of [first, second]) expect([seen.status, seen.result]).toEqual([status, "Error"]);
    expect(second.requestId).not.toBe(first.requestId);
    expect(second.headers.has("age")).toBe(false);
  });

  it("is over as soon as its cause is", async () => {
    breakDatabase(cloud);
    expect(await get(todosOf(ada), as(ada))).toMatchObject({ status: 503, result: "Error" });
    cloud.dynamo.faults.clear();
    expect(await get(todosOf(ada), as(ada))).toMatchObject({ status: 200, result: "Miss" });
  });

  it("would be remembered without the distribution's setting, although it forbids that itself", async () => {
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

describe("a private answer of the API", () => {
  it("is its reader's alone, whoever asks for the same address at the same time", async () => {
    const readers = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? ada : bob));
    const answers = await Promise.all(readers.map((reader) => get("/v1/me", as(reader))));
    for (const [i, { result, body, headers }] of answers.entries()) {
      expect(JSON.parse(body)).toMatchObject({ email: readers[i]?.email });
      expect([result, headers.get("cache-control")]).toEqual(["Miss", "private, no-cache"]);
    }
    expect(new Set(answers.map(({ requestId }) => requestId)).size).toBe(readers.length);
  });

  it("is found by the entity tag that compression weakened, to read and to write", async () => {
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

describe("the API's own address", () => {
  const address = "203.0.113.7";
  /** A request past the edge; the values that functions accept, by what the program calls them. */
  const direct = (path: string, headers: Record<string, string> = {}) =>
    fetch(cloud.apiUrls.ApiApi + path, { headers: { [clientAddressHeader]: address, ...headers } });
  const secrets = () => cloud.graph.all("random:index:RandomPassword").filter(({ name }) => /^OriginSecret/.test(name));
  /** The address in the function's log line of a request. */
  const loggedAddress = (requestId: string | null) =>
    vi.waitFor(() => {
      const lines = cloud.log().split("\n");
      const line = lines.find((each) => each.includes(String(requestId)) && each.includes("clientAddress="));
      return /clientAddress=(\S+)/.exec(line ?? expect.fail("not logged yet"))?.[1];
    });

  it("refuses what did not pass the edge, with a token or without one", async () => {
    for (const headers of [{}, as(ada), { [originSecretHeader]: "guessed" }]) {
      const response = await direct("/v1/health", headers);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ type: "urn:daybook:problem:direct-access-forbidden" });
    }
    expect((await direct("/v1/me", as(ada))).status).toBe(403);
    expect((await direct("/v1/nothing")).status).toBe(403);
  });

  it("answers whoever has one of the two secrets, and then trusts the address beside it", async () => {
    expect(secrets()).toHaveLength(2);
    for (const { result } of secrets()) {
      const response = await direct("/v1/health", { [originSecretHeader]: String(result) });
      expect(response.status).toBe(200);
      expect(await loggedAddress(response.headers.get("apigw-requestid"))).toBe(address);
    }
  });

  it("is told by the edge where a request comes from, whatever the client says", async () => {
    const { status, requestId } = await get("/v1/health", {
      [clientAddressHeader]: address,
      [originSecretHeader]: "guessed",
      "x-forwarded-for": address,
    });
    expect(status).toBe(200);
    expect(await loggedAddress(requestId)).toMatch(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/);
  });

  it("is where the site's server reads, with the secret; no page and no other origin gets to see it", async () => {
    const page = await get("/blog");
    expect(page.status).toBe(200);
    for (const { result } of secrets()) expect(page.body + JSON.stringify([...page.headers])).not.toContain(result);
  });
});

describe("/revalidate", () => {
  const body = JSON.stringify({ tags: ["posts"] });
  const hash = createHash("sha256").update(body).digest("hex");
  const post = async (headers: Record<string, string>) => {
    const response = await fetch(`${cloud.url}/revalidate`, { method: "POST", body, headers });
    return { status: response.status, text: await response.text() };
  };
  const secret = () =>
    String(cloud.graph.all("random:index:RandomPassword").find(({ name }) => name === "RevalidationPassword")?.result);

  it("takes the secret in a header of its own, which the signature of the edge leaves alone", async () => {
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

describe("a public answer of the API", () => {
  const path = "/v1/openapi.json";

  it("is kept, and tells its age; an invalidation refreshes it", async () => {
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

  it("is kept for each Authorization apart, and by nothing else of who asks", async () => {
    cloud.edge?.invalidate(["/*"]);
    const results = [];
    for (const headers of [{}, as(ada), as(bob), as(ada), { cookie: "theme=dark" }]) {
      results.push((await get(path, headers)).result);
    }
    expect(results).toEqual(["Miss", "Miss", "Miss", "Hit", "Hit"]);
  });

  it("is not sent again to whom has it, by the tag of either encoding", async () => {
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

  it("has pages that are kept until the next deployment invalidates them", async () => {
    cloud.edge?.invalidate(["/*"]);
    const [first, second] = [await get(page), await get(page, as(ada))];
    expect([first.result, second.result]).toEqual(["Miss", "Hit"]);
    expect(first.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(second.headers.get("content-security-policy")).toBe(first.headers.get("content-security-policy"));
    cloud.edge?.invalidate(["/*"]);
    expect((await get(page)).result).toBe("Miss");
  });

  it("has scripts that a browser keeps for ever, compressed", async () => {
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
  ])("keeps no error either: %i %s", async (status, path) => {
    for (let i = 0; i < 2; i++) expect(await get(path)).toMatchObject({ status, result: "Error" });
  });
});

it("every answer carries the security headers, errors too", async () => {
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
