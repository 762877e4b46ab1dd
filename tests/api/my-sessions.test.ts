import { describe, expect, inject, it } from "vitest";
import { expectProblem, newUser, password, send, sessionCookie, succeed } from "../fixtures.ts";

const cloud = inject("cloud");

const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const signIn = async (email: string) =>
  sessionCookie(
    await succeed(cloud, "createSession", { body: { email, password }, headers: { "user-agent": userAgent } }),
  );

describe("GET /v1/me/sessions", () => {
  it("lists the user's sessions, newest first, with their device and times", async () => {
    const user = await newUser(cloud);
    const cookie = await signIn(user.email);
    const { body, headers } = await succeed(cloud, "listSessions", { token: user.token, cookie });
    expect(body).toMatchObject([{ device: "Firefox on Linux", current: true }, { current: false }]);
    for (const { createdAt, lastUsedAt, endsAt } of body) {
      expect(lastUsedAt).toBe(createdAt);
      expect(Date.parse(endsAt) - Date.parse(lastUsedAt)).toBeCloseTo(14 * 24 * 60 * 60 * 1000, -4);
    }
    expect(headers.get("cache-control")).toBe("private, no-cache");
  });

  it("returns pages, and refuses an invalid limit and cursor", async () => {
    const user = await newUser(cloud);
    await signIn(user.email);
    const first = await succeed(cloud, "listSessions", { token: user.token, query: { limit: "1" } });
    const cursor = new URL(/<([^>]+)>/.exec(first.headers.get("link") ?? "")?.[1] ?? "").searchParams.get("cursor");
    const query = { limit: "1", cursor: cursor ?? "" };
    const second = await succeed(cloud, "listSessions", { token: user.token, query });
    expect(new Set([...first.body, ...second.body].map(({ id }) => id)).size).toBe(2);
    expect(second.headers.get("link")).toBeNull();
    const invalid = await send(cloud, "listSessions", { token: user.token, query: { limit: "0" } });
    expect(expectProblem(invalid, "validation-failed").errors?.[0]?.pointer).toBe("/query/limit");
    const strange = await send(cloud, "listSessions", { token: (await newUser(cloud)).token, query });
    expectProblem(strange, "validation-failed");
  });

  it("shows when a session was used last", async () => {
    const user = await newUser(cloud);
    await succeed(cloud, "refreshSession", { cookie: user.cookie });
    const { body } = await succeed(cloud, "listSessions", { token: user.token });
    expect(body).toHaveLength(1);
    expect(Date.parse(body[0]?.lastUsedAt ?? "")).toBeGreaterThan(Date.parse(body[0]?.createdAt ?? ""));
  });
});

describe("DELETE /v1/me/sessions/{sessionId}", () => {
  it("ends the session, but not its access tokens, which expire within 15 minutes", async () => {
    const user = await newUser(cloud);
    const cookie = await signIn(user.email);
    const [newer] = (await succeed(cloud, "listSessions", { token: user.token })).body;
    const params = { sessionId: newer?.id ?? "" };
    const answer = await succeed(cloud, "endSession", { token: user.token, cookie: user.cookie, params });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expectProblem(await send(cloud, "refreshSession", { cookie }), "session-missing");
    await succeed(cloud, "refreshSession", { cookie: user.cookie });
    await succeed(cloud, "getMe", { token: user.token });
    expectProblem(await send(cloud, "endSession", { token: user.token, params }), "session-not-found");
  });

  it("clears the cookie of the current session", async () => {
    const { token, cookie } = await newUser(cloud);
    const [session] = (await succeed(cloud, "listSessions", { token })).body;
    const answer = await succeed(cloud, "endSession", { token, cookie, params: { sessionId: session?.id ?? "" } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=;.*Max-Age=0/i);
  });

  it("returns 400 for something that is not an id", async () => {
    const { token } = await newUser(cloud);
    const answer = await send(cloud, "endSession", { token, params: { sessionId: "mine" } });
    expect(expectProblem(answer, "validation-failed").errors?.[0]?.pointer).toBe("/path/sessionId");
  });
});

describe("the session cookie", () => {
  const rotated = async (cookie: string) => sessionCookie(await succeed(cloud, "refreshSession", { cookie }));

  it("is replaced by a refresh, and the previous one stays valid for other tabs", async () => {
    const { cookie } = await newUser(cloud);
    const [first, second, third] = await Promise.all([rotated(cookie), rotated(cookie), rotated(cookie)]);
    expect(first).not.toBe(cookie);
    expect([second, third]).toEqual([first, first]);
    expect(await rotated(cookie)).toBe(first);
    expect(await rotated(first)).toBe(first);
  });

  it("ends the session if it is a copy with an unknown rotation", async () => {
    const { cookie } = await newUser(cloud);
    const current = await rotated(cookie);
    const copy = `${current.slice(0, -8)}${current.endsWith("AAAAAAAA") ? "BBBBBBBB" : "AAAAAAAA"}`;
    expectProblem(await send(cloud, "refreshSession", { cookie: copy }), "session-missing");
    expectProblem(await send(cloud, "refreshSession", { cookie: current }), "session-missing");
  });
});
