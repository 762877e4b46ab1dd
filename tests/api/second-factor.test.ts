import { describe, expect, inject, it } from "vitest";
import {
  codeFor,
  expectProblem,
  newUser,
  password,
  send,
  sessionCookie,
  succeed,
  type TestUser,
  variable,
} from "../fixtures.ts";
import { totp, wrongTotp } from "../totp.ts";

const cloud = inject("cloud");
const origin = variable(cloud, "DAYBOOK_URL");
const wrongPassword = "not the password at all";

/** Creates a user with a second factor. The current code is used up; the code of the next time step is still valid. */
async function newUserWithApp(): Promise<TestUser & { secret: string; codes: readonly string[] }> {
  const user = await newUser(cloud);
  const { token } = user;
  const { secret } = (await succeed(cloud, "enrolSecondFactor", { token, body: { password } })).body;
  const { body } = await succeed(cloud, "confirmSecondFactor", { token, body: { password, code: totp(secret) } });
  return { ...user, secret, codes: body.codes };
}

const signIn = ({ email }: { email: string }, more: { code?: string; recoveryCode?: string; password?: string } = {}) =>
  send(cloud, "createSession", { body: { email, password, ...more } });
const isEnabled = async (token: string) => (await succeed(cloud, "getSecondFactor", { token })).body.enabled;

describe("POST /v1/me/second-factor", () => {
  it("returns a secret, also as a URI, and enables nothing yet", async () => {
    const { email, token } = await newUser(cloud);
    const { headers, body } = await succeed(cloud, "enrolSecondFactor", { token, body: { password } });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body.secret).toMatch(/^[A-Z2-7]{32,}$/);
    const uri = new URL(body.uri);
    expect([uri.protocol, decodeURIComponent(uri.pathname)]).toEqual(["otpauth:", expect.stringContaining(email)]);
    expect(Object.fromEntries(uri.searchParams)).toEqual({ secret: body.secret, issuer: "Daybook" });
    expect(await isEnabled(token)).toBe(false);
    expect((await signIn({ email })).status).toBe(201);
  });

  it("returns a new secret each time, and accepts only codes of the newest", async () => {
    const { token } = await newUser(cloud);
    const first = (await succeed(cloud, "enrolSecondFactor", { token, body: { password } })).body.secret;
    const second = (await succeed(cloud, "enrolSecondFactor", { token, body: { password } })).body.secret;
    expect(second).not.toBe(first);
    const confirm = (code: string) => send(cloud, "confirmSecondFactor", { token, body: { password, code } });
    expectProblem(await confirm(totp(first)), "second-factor-code-incorrect");
    expect((await confirm(totp(second))).status).toBe(200);
  });

  it("refuses a new secret while a second factor is enabled", async () => {
    const { token, secret } = await newUserWithApp();
    expectProblem(await send(cloud, "enrolSecondFactor", { token, body: { password } }), "second-factor-enabled");
    const body = { password, code: totp(secret, 1) };
    expectProblem(await send(cloud, "confirmSecondFactor", { token, body }), "second-factor-enabled");
  });

  it("requires the password besides the token", async () => {
    const { token } = await newUser(cloud);
    const answer = await send(cloud, "enrolSecondFactor", { token, body: { password: wrongPassword } });
    expectProblem(answer, "password-incorrect");
    expectProblem(await send(cloud, "enrolSecondFactor", { token, body: {} }), "validation-failed");
  });
});

describe("POST /v1/me/second-factor/confirm", () => {
  it("enables the second factor with the code as the app displays it", async () => {
    const { token } = await newUser(cloud);
    const { secret } = (await succeed(cloud, "enrolSecondFactor", { token, body: { password } })).body;
    const code = totp(secret);
    await succeed(cloud, "confirmSecondFactor", {
      token,
      body: { password, code: `${code.slice(0, 3)} ${code.slice(3)}` },
    });
    expect(await isEnabled(token)).toBe(true);
  });

  it("refuses a wrong code, a code without a secret, and malformed codes", async () => {
    const { email, token } = await newUser(cloud);
    const confirm = (code: unknown) => send(cloud, "confirmSecondFactor", { token, body: { password, code } });
    expectProblem(await confirm("123456"), "second-factor-code-incorrect");
    const { secret } = (await succeed(cloud, "enrolSecondFactor", { token, body: { password } })).body;
    expectProblem(await confirm(wrongTotp(secret)), "second-factor-code-incorrect");
    for (const code of ["12345", "abcdef", 123456, undefined])
      expect(expectProblem(await confirm(code), "validation-failed").errors?.[0]?.pointer).toBe("/code");
    expect((await signIn({ email })).status).toBe(201);
  });
});

describe("POST /v1/session with a second factor", () => {
  it("requires a code from the app, and then creates a session", async () => {
    const user = await newUserWithApp();
    const asked = await signIn(user);
    expectProblem(asked, "second-factor-required");
    expect(asked.headers.getSetCookie()).toEqual([]);
    const answer = await signIn(user, { code: totp(user.secret, 1) });
    expect(answer.status).toBe(201);
    await succeed(cloud, "refreshSession", { cookie: sessionCookie(answer) });
  });

  it("refuses a wrong code and a used code without creating a session", async () => {
    const user = await newUserWithApp();
    const code = totp(user.secret, 1);
    for (const [tried, status] of [
      [wrongTotp(user.secret), 401],
      [code, 201],
      [code, 401],
    ] as const) {
      const answer = await signIn(user, { code: tried });
      expect([tried, answer.status]).toEqual([tried, status]);
      if (status === 201) continue;
      expectProblem(answer, "second-factor-invalid");
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it("does not reveal the second factor to callers without the password", async () => {
    const [user, plain] = [await newUserWithApp(), await newUser(cloud)];
    const answers = [];
    for (const each of [user, plain, { email: "nobody@example.com" }])
      for (const code of [undefined, totp(user.secret, 1)])
        answers.push(await signIn(each, { password: wrongPassword, ...(code !== undefined && { code }) }));
    for (const answer of answers) expectProblem(answer, "credentials-invalid");
    expect((await signIn(user, { code: totp(user.secret, 1) })).status).toBe(201);
  });

  it("ignores a code without a second factor, and refuses malformed codes", async () => {
    const user = await newUser(cloud);
    expect((await signIn(user, { code: "123456" })).status).toBe(201);
    const answer = await signIn(user, { code: "12345" });
    expect(expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer)).toEqual(["/code"]);
  });

  it("returns 429 for any attempt after three wrong codes", async () => {
    const user = await newUserWithApp();
    for (let count = 0; count < 3; count += 1) {
      expectProblem(await signIn(user, { code: wrongTotp(user.secret) }), "second-factor-invalid");
    }
    const answer = await signIn(user, { code: totp(user.secret, 1) });
    expect(expectProblem(answer, "too-many-requests").detail).toMatch(/in \d+ minutes/);
  });

  it("accepts a recovery code once, disables the second factor and ends all other sessions", async () => {
    const user = await newUserWithApp();
    const [recoveryCode = ""] = user.codes;
    expectProblem(await signIn(user, { recoveryCode, password: wrongPassword }), "credentials-invalid");
    expectProblem(await signIn(user, { recoveryCode: "0000-0000-0000-0000" }), "recovery-code-invalid");
    const answer = await signIn(user, { recoveryCode: recoveryCode.toLowerCase() });
    expect(answer.status).toBe(201);
    expectProblem(await send(cloud, "refreshSession", { headers: { cookie: user.cookie, origin } }), "session-missing");
    await succeed(cloud, "refreshSession", { cookie: sessionCookie(answer) });
    expect((await signIn(user)).status).toBe(201);
  });

  it("refuses another user's recovery code and malformed ones", async () => {
    const [user, other] = [await newUserWithApp(), await newUserWithApp()];
    expectProblem(await signIn(user, { recoveryCode: other.codes[0] ?? "" }), "recovery-code-invalid");
    expectProblem(await signIn(user, { recoveryCode: "ABCD" }), "validation-failed");
  });
});

describe("POST /v1/me/second-factor/recovery-codes", () => {
  it("returns ten new codes and invalidates the former ones", async () => {
    const user = await newUserWithApp();
    const { token } = user;
    const body = { password, code: totp(user.secret, 1) };
    const { codes } = (await succeed(cloud, "replaceRecoveryCodes", { token, body })).body;
    expect(new Set([...codes, ...user.codes]).size).toBe(20);
    expectProblem(await signIn(user, { recoveryCode: user.codes[0] ?? "" }), "recovery-code-invalid");
    expect((await signIn(user, { recoveryCode: codes[0] ?? "" })).status).toBe(201);
  });

  it("refuses a wrong password, a wrong or missing code, and accounts without a second factor", async () => {
    const { token, secret } = await newUserWithApp();
    const ask = (body: object, as = token) => send(cloud, "replaceRecoveryCodes", { token: as, body });
    expectProblem(await ask({ password: wrongPassword, code: totp(secret, 1) }), "password-incorrect");
    expectProblem(await ask({ password, code: wrongTotp(secret) }), "second-factor-invalid");
    expectProblem(await ask({ password }), "validation-failed");
    expectProblem(await ask({ password, code: "123456" }, (await newUser(cloud)).token), "second-factor-disabled");
  });
});

describe("POST /v1/me/second-factor/disable", () => {
  it("requires the password and a code, and then allows sign-in with the password only", async () => {
    const user = await newUserWithApp();
    const { token } = user;
    const disable = (body: object) => send(cloud, "disableSecondFactor", { token, body });
    const code = totp(user.secret, 1);
    expectProblem(await disable({ password: wrongPassword, code }), "password-incorrect");
    expectProblem(await disable({ password }), "second-factor-required");
    expectProblem(await disable({ password, code: wrongTotp(user.secret) }), "second-factor-invalid");
    expectProblem(await disable({}), "validation-failed");
    expect(await isEnabled(token)).toBe(true);
    for (const _ of ["once", "again"]) expect((await disable({ password, code })).status).toBe(204);
    expect(await isEnabled(token)).toBe(false);
    expect((await signIn(user)).status).toBe(201);
  });

  it("accepts a recovery code instead of a code, and allows enrollment with a new secret", async () => {
    const { token, secret, codes } = await newUserWithApp();
    const disable = (recoveryCode = "") =>
      send(cloud, "disableSecondFactor", { token, body: { password, recoveryCode } });
    expectProblem(await disable("0000-0000-0000-0000"), "recovery-code-invalid");
    expect((await disable(codes[9])).status).toBe(204);
    const next = (await succeed(cloud, "enrolSecondFactor", { token, body: { password } })).body.secret;
    expect(next).not.toBe(secret);
    await succeed(cloud, "confirmSecondFactor", { token, body: { password, code: totp(next) } });
    expect((await succeed(cloud, "getSecondFactor", { token })).body).toEqual({ enabled: true, recoveryCodesLeft: 10 });
  });
});

describe("an account with a second factor", () => {
  it("keeps its sessions, and refreshes tokens without a code", async () => {
    const { cookie } = await newUserWithApp();
    const { body } = await succeed(cloud, "refreshSession", { cookie });
    expect(await isEnabled(body.accessToken)).toBe(true);
    await succeed(cloud, "deleteSession", { cookie, query: { everywhere: "true" } });
  });

  it("changes its password with a code and keeps the current session", async () => {
    const user = await newUserWithApp();
    const body = { currentPassword: password, newPassword: "a new and longer one" };
    const change = { token: user.token, cookie: user.cookie };
    expectProblem(await send(cloud, "changePassword", { ...change, body }), "second-factor-required");
    const wrong = { ...body, code: wrongTotp(user.secret) };
    expectProblem(await send(cloud, "changePassword", { ...change, body: wrong }), "second-factor-invalid");
    const code = totp(user.secret, 1);
    await succeed(cloud, "changePassword", { ...change, body: { ...body, code } });
    expectProblem(await signIn(user, { password }), "credentials-invalid");
    expectProblem(await signIn(user, { password: body.newPassword }), "second-factor-required");
    await succeed(cloud, "refreshSession", { headers: { cookie: user.cookie, origin } });
  });

  it("resets its password, which ends its sessions but keeps the second factor", async () => {
    const user = await newUserWithApp();
    const { email } = user;
    await succeed(cloud, "requestReset", { body: { email } });
    const newPassword = "a new and longer one";
    await succeed(cloud, "confirmReset", { body: { email, code: await codeFor(cloud, email), newPassword } });
    expectProblem(await send(cloud, "refreshSession", { headers: { cookie: user.cookie, origin } }), "session-missing");
    expectProblem(await signIn(user, { password: newPassword }), "second-factor-required");
    expect((await signIn(user, { password: newPassword, code: totp(user.secret, 1) })).status).toBe(201);
  });

  it("is deleted with the password and a code", async () => {
    const user = await newUserWithApp();
    const remove = (body: object) => send(cloud, "deleteMe", { token: user.token, body });
    expectProblem(await remove({ password }), "second-factor-required");
    expectProblem(await remove({ password, code: wrongTotp(user.secret) }), "second-factor-invalid");
    expect((await remove({ password, code: totp(user.secret, 1) })).status).toBe(204);
    expectProblem(await signIn(user, { code: totp(user.secret, 1) }), "credentials-invalid");
  });
});
