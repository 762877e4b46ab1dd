import { describe, expect, inject, it } from "vitest";
import {
  expectProblem,
  newAccount,
  newEmail,
  newUser,
  password,
  send,
  sessionCookie,
  succeed,
  variable,
} from "../fixtures.ts";

const cloud = inject("cloud");
const origin = variable(cloud, "DAYBOOK_URL");

describe("POST /v1/session", () => {
  it("returns a short-lived access token, and sets cookies that scripts cannot read", async () => {
    const { email } = await newAccount(cloud);
    const answer = await succeed(cloud, "createSession", { body: { email, password } });
    const lifetimeSeconds = (Date.parse(answer.body.expiresAt) - Date.now()) / 1000;
    expect(lifetimeSeconds).toBeGreaterThan(14 * 60);
    expect(lifetimeSeconds).toBeLessThanOrEqual(15 * 60);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split("=")[0]).sort()).toEqual(["__Host-device", "__Host-session"]);
    for (const cookie of cookies) {
      for (const attribute of [/=[\w.-]+;/, /; HttpOnly/i, /; Secure/i, /; SameSite=(Lax|Strict)/i, /; Path=\/(;|$)/i])
        expect(cookie).toMatch(attribute);
      expect(cookie).not.toMatch(/domain/i);
    }
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("returns the same problem for a wrong password and an unknown address", async () => {
    const { email } = await newAccount(cloud);
    const wrong = await send(cloud, "createSession", { body: { email, password: "not the password" } });
    const unknown = await send(cloud, "createSession", { body: { email: newEmail(), password } });
    expectProblem(wrong, "credentials-invalid");
    expectProblem(unknown, "credentials-invalid");
  });

  it("reports an unconfirmed account if the password is correct", async () => {
    const email = newEmail();
    await succeed(cloud, "signUp", { body: { email, password } });
    expectProblem(await send(cloud, "createSession", { body: { email, password } }), "account-unconfirmed");
  });

  it("refuses a cross-origin sign-in", async () => {
    const { email } = await newAccount(cloud);
    const answer = await send(cloud, "createSession", {
      body: { email, password },
      headers: { origin: "https://evil.example" },
    });
    expectProblem(answer, "origin-forbidden");
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe("POST /v1/session/refresh", () => {
  it("returns a new access token for the cookie", async () => {
    const { cookie } = await newUser(cloud);
    const { body } = await succeed(cloud, "refreshSession", { cookie });
    await succeed(cloud, "getMe", { token: body.accessToken });
  });

  it("accepts concurrent refreshes from several tabs", async () => {
    const { cookie } = await newUser(cloud);
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(cloud, "refreshSession", { cookie })));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    await succeed(cloud, "refreshSession", { cookie });
  });

  it("refuses a missing cookie, a forged one, and one with another secret", async () => {
    const { cookie } = await newUser(cloud);
    expectProblem(await send(cloud, "refreshSession", { headers: { origin } }), "session-missing");
    expectProblem(await send(cloud, "refreshSession", { cookie: "__Host-session=forged" }), "session-missing");
    // The secret is before the last 16 characters, which are the rotation.
    const other = (cookie.at(-23) === "A" ? "B" : "A").repeat(6);
    const forged = `${cookie.slice(0, -23)}${other}${cookie.slice(-17)}`;
    expectProblem(await send(cloud, "refreshSession", { cookie: forged }), "session-missing");
    await succeed(cloud, "refreshSession", { cookie });
  });

  it("refuses cross-origin requests and requests without an origin", async () => {
    const { cookie } = await newUser(cloud);
    expectProblem(
      await send(cloud, "refreshSession", { cookie, headers: { origin: "https://evil.example" } }),
      "origin-forbidden",
    );
    expectProblem(await send(cloud, "refreshSession", { headers: { cookie } }), "origin-forbidden");
  });
});

describe("DELETE /v1/session", () => {
  it("ends the session and clears the cookie", async () => {
    const { cookie } = await newUser(cloud);
    const answer = await succeed(cloud, "deleteSession", { cookie });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=;.*Max-Age=0/i);
    expectProblem(await send(cloud, "refreshSession", { cookie }), "session-missing");
  });

  it("does not end the user's other sessions", async () => {
    const { email, cookie } = await newUser(cloud);
    const other = sessionCookie(await succeed(cloud, "createSession", { body: { email, password } }));
    await succeed(cloud, "deleteSession", { cookie });
    await succeed(cloud, "refreshSession", { cookie: other });
  });

  it("is idempotent, and succeeds without a session", async () => {
    const { cookie } = await newUser(cloud);
    await succeed(cloud, "deleteSession", { cookie });
    await succeed(cloud, "deleteSession", { cookie });
    await succeed(cloud, "deleteSession", { headers: { origin } });
  });

  it("refuses a cross-origin sign-out", async () => {
    const { cookie } = await newUser(cloud);
    expectProblem(
      await send(cloud, "deleteSession", { cookie, headers: { origin: "https://evil.example" } }),
      "origin-forbidden",
    );
    await succeed(cloud, "refreshSession", { cookie });
  });
});
