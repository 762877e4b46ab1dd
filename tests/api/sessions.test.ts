import { describe, expect, inject, it } from "vitest";
import { expectProblem, newUser, password, send, sessionCookie, succeed, variable } from "../fixtures.ts";

const cloud = inject("cloud");
const origin = variable(cloud, "DAYBOOK_URL");
const everywhere = { everywhere: "true" };

describe("DELETE /v1/session?everywhere=true", () => {
  it("ends all sessions of the user, and none of other users", async () => {
    const [user, stranger] = [await newUser(cloud), await newUser(cloud)];
    const credentials = { email: user.email, password };
    const other = sessionCookie(await succeed(cloud, "createSession", { body: credentials }));
    const answer = await succeed(cloud, "deleteSession", { cookie: user.cookie, query: everywhere });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=;.*Max-Age=0/i);
    for (const cookie of [user.cookie, other])
      expectProblem(await send(cloud, "refreshSession", { cookie }), "session-missing");
    await succeed(cloud, "refreshSession", { cookie: stranger.cookie });
    await succeed(cloud, "createSession", { body: credentials });
  });

  it("does not revoke access tokens, which expire within 15 minutes", async () => {
    const { token, cookie } = await newUser(cloud);
    await succeed(cloud, "deleteSession", { cookie, query: everywhere });
    await succeed(cloud, "getMe", { token });
  });

  it("returns a problem without a valid session, because other sessions may still exist", async () => {
    const { cookie } = await newUser(cloud);
    await succeed(cloud, "deleteSession", { cookie, query: everywhere });
    for (const call of [{ cookie }, { cookie: "__Host-session=forged" }, { headers: { origin } }])
      expectProblem(await send(cloud, "deleteSession", { ...call, query: everywhere }), "session-missing");
  });

  it("refuses cross-origin requests and other values", async () => {
    const { cookie } = await newUser(cloud);
    const headers = { origin: "https://evil.example" };
    expectProblem(await send(cloud, "deleteSession", { cookie, query: everywhere, headers }), "origin-forbidden");
    const wrong = await send(cloud, "deleteSession", { cookie, query: { everywhere: "perhaps" } });
    expect(expectProblem(wrong, "validation-failed").errors?.[0]?.pointer).toBe("/query/everywhere");
    await succeed(cloud, "refreshSession", { cookie });
  });
});

describe("POST /v1/session with the cookie of an older session", () => {
  it("ends the older session after a successful sign-in, even if another user owned it", async () => {
    const [user, before] = [await newUser(cloud), await newUser(cloud)];
    const signIn = { cookie: before.cookie, body: { email: user.email, password } };
    const wrong = await send(cloud, "createSession", {
      ...signIn,
      body: { ...signIn.body, password: "something else" },
    });
    expectProblem(wrong, "credentials-invalid");
    await succeed(cloud, "refreshSession", { cookie: before.cookie });
    const session = await succeed(cloud, "createSession", signIn);
    expectProblem(await send(cloud, "refreshSession", { cookie: before.cookie }), "session-missing");
    await succeed(cloud, "refreshSession", { cookie: sessionCookie(session) });
    await succeed(cloud, "refreshSession", { cookie: user.cookie });
  });
});
