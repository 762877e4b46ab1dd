import { problemType } from "@daybook/core/contract/problem";
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

/** A fresh person with a second factor. The code of now is taken; that of the next step is still good. */
async function newUserWithApp(): Promise<TestUser & { secret: string }> {
  const user = await newUser(cloud);
  const { token } = user;
  const { secret } = (await succeed(cloud, "enrolSecondFactor", { token })).body;
  await succeed(cloud, "confirmSecondFactor", { token, body: { code: totp(secret) } });
  return { ...user, secret };
}

const signIn = ({ email }: { email: string }, more: { code?: string; password?: string } = {}) =>
  send(cloud, "createSession", { body: { email, password, ...more } });
const isEnabled = async (token: string) => (await succeed(cloud, "getSecondFactor", { token })).body.enabled;

describe("POST /v1/me/second-factor", () => {
  it("answers a secret for an app, also as a URI, and changes nothing yet", async () => {
    const { email, token } = await newUser(cloud);
    const { headers, body } = await succeed(cloud, "enrolSecondFactor", { token });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body.secret).toMatch(/^[A-Z2-7]{32,}$/);
    const uri = new URL(body.uri);
    expect([uri.protocol, decodeURIComponent(uri.pathname)]).toEqual(["otpauth:", expect.stringContaining(email)]);
    expect(Object.fromEntries(uri.searchParams)).toEqual({ secret: body.secret, issuer: "Daybook" });
    expect(await isEnabled(token)).toBe(false);
    expect((await signIn({ email })).status).toBe(201);
  });

  it("answers another secret each time, of which the newest counts", async () => {
    const { token } = await newUser(cloud);
    const first = (await succeed(cloud, "enrolSecondFactor", { token })).body.secret;
    const second = (await succeed(cloud, "enrolSecondFactor", { token })).body.secret;
    expect(second).not.toBe(first);
    const confirm = (code: string) => send(cloud, "confirmSecondFactor", { token, body: { code } });
    expectProblem(await confirm(totp(first)), "second-factor-code-incorrect");
    expect((await confirm(totp(second))).status).toBe(204);
  });

  it("refuses to put another app in the place of one that is asked for", async () => {
    const { token, secret } = await newUserWithApp();
    expectProblem(await send(cloud, "enrolSecondFactor", { token }), "second-factor-enabled");
    const body = { code: totp(secret, 1) };
    expectProblem(await send(cloud, "confirmSecondFactor", { token, body }), "second-factor-enabled");
  });

  it("refuses a token that was signed out", async () => {
    const { token, cookie } = await newUser(cloud);
    await succeed(cloud, "deleteSession", { cookie, query: { everywhere: "true" } });
    for (const id of ["getSecondFactor", "enrolSecondFactor"] as const)
      expectProblem(await send(cloud, id, { token }), "session-missing");
  });
});

describe("POST /v1/me/second-factor/confirm", () => {
  it("turns it on, by a code as the app shows it", async () => {
    const { token } = await newUser(cloud);
    const { secret } = (await succeed(cloud, "enrolSecondFactor", { token })).body;
    const code = totp(secret);
    await succeed(cloud, "confirmSecondFactor", { token, body: { code: `${code.slice(0, 3)} ${code.slice(3)}` } });
    expect(await isEnabled(token)).toBe(true);
  });

  it("refuses a wrong code, one without a secret, and what is no code", async () => {
    const { email, token } = await newUser(cloud);
    const confirm = (code: unknown) => send(cloud, "confirmSecondFactor", { token, body: { code } });
    expectProblem(await confirm("123456"), "second-factor-code-incorrect");
    const { secret } = (await succeed(cloud, "enrolSecondFactor", { token })).body;
    expectProblem(await confirm(wrongTotp(secret)), "second-factor-code-incorrect");
    for (const code of ["12345", "abcdef", 123456, undefined])
      expect(expectProblem(await confirm(code), "validation-failed").errors?.[0]?.pointer).toBe("/code");
    expect((await signIn({ email })).status).toBe(201);
  });
});

describe("POST /v1/session with a second factor", () => {
  it("asks for the code of the app, and answers a session when it comes along", async () => {
    const user = await newUserWithApp();
    const asked = await signIn(user);
    expectProblem(asked, "second-factor-required");
    expect(asked.headers.getSetCookie()).toEqual([]);
    const answer = await signIn(user, { code: totp(user.secret, 1) });
    expect(answer.status).toBe(201);
    await succeed(cloud, "refreshSession", { cookie: sessionCookie(answer) });
  });

  it("refuses a wrong code and one that was used, without a session", async () => {
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

  it("tells nobody of it who does not know the password", async () => {
    const [user, plain] = [await newUserWithApp(), await newUser(cloud)];
    const answers = [];
    for (const each of [user, plain, { email: "nobody@example.com" }])
      for (const code of [undefined, totp(user.secret, 1)])
        answers.push(await signIn(each, { password: wrongPassword, ...(code !== undefined && { code }) }));
    for (const answer of answers) expectProblem(answer, "credentials-invalid");
    expect((await signIn(user, { code: totp(user.secret, 1) })).status).toBe(201);
  });

  it("takes no notice of a code where there is no second factor, and refuses what is none", async () => {
    const user = await newUser(cloud);
    expect((await signIn(user, { code: "123456" })).status).toBe(201);
    const answer = await signIn(user, { code: "12345" });
    expect(expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer)).toEqual(["/code"]);
  });

  it("lets nobody guess: after five wrong codes not even the password is looked at for a while", async () => {
    const user = await newUserWithApp();
    const answers = [];
    for (let count = 0; count < 8; count += 1) answers.push(await signIn(user, { code: wrongTotp(user.secret) }));
    for (const answer of answers.slice(0, 5)) expectProblem(answer, "second-factor-invalid");
    const rests = { type: problemType("credentials-invalid") };
    expect(answers.map(({ body }) => body)).toContainEqual(expect.objectContaining(rests));
  });
});

describe("POST /v1/me/second-factor/disable", () => {
  it("takes the password, and then the password alone is enough again", async () => {
    const user = await newUserWithApp();
    const { token } = user;
    expectProblem(
      await send(cloud, "disableSecondFactor", { token, body: { password: wrongPassword } }),
      "password-incorrect",
    );
    expectProblem(await send(cloud, "disableSecondFactor", { token, body: {} }), "validation-failed");
    expect(await isEnabled(token)).toBe(true);
    for (const _ of ["once", "again"]) await succeed(cloud, "disableSecondFactor", { token, body: { password } });
    expect(await isEnabled(token)).toBe(false);
    expect((await signIn(user)).status).toBe(201);
  });

  it("lets it be turned on again, with a new secret", async () => {
    const { token, secret } = await newUserWithApp();
    await succeed(cloud, "disableSecondFactor", { token, body: { password } });
    const next = (await succeed(cloud, "enrolSecondFactor", { token })).body.secret;
    expect(next).not.toBe(secret);
    await succeed(cloud, "confirmSecondFactor", { token, body: { code: totp(next) } });
    expect(await isEnabled(token)).toBe(true);
  });
});

describe("an account with a second factor", () => {
  it("keeps its sessions, and gets new tokens without a code", async () => {
    const { cookie } = await newUserWithApp();
    const { body } = await succeed(cloud, "refreshSession", { cookie });
    expect(await isEnabled(body.accessToken)).toBe(true);
    await succeed(cloud, "deleteSession", { cookie, query: { everywhere: "true" } });
  });

  it("changes its password as any other", async () => {
    const user = await newUserWithApp();
    const body = { currentPassword: password, newPassword: "a new and longer one" };
    await succeed(cloud, "changePassword", { token: user.token, cookie: user.cookie, body });
    const code = totp(user.secret, 1);
    expect((await signIn(user, { password: body.newPassword, code })).status).toBe(201);
  });

  it("resets its password, which ends its sessions and not its second factor", async () => {
    const user = await newUserWithApp();
    const { email } = user;
    await succeed(cloud, "requestReset", { body: { email } });
    const newPassword = "a new and longer one";
    await succeed(cloud, "confirmReset", { body: { email, code: await codeFor(cloud, email), newPassword } });
    expectProblem(await send(cloud, "refreshSession", { headers: { cookie: user.cookie, origin } }), "session-missing");
    expectProblem(await signIn(user, { password: newPassword }), "second-factor-required");
    expect((await signIn(user, { password: newPassword, code: totp(user.secret, 1) })).status).toBe(201);
  });

  it("is deleted as any other", async () => {
    const user = await newUserWithApp();
    await succeed(cloud, "deleteMe", { token: user.token });
    expectProblem(await signIn(user, { code: totp(user.secret, 1) }), "credentials-invalid");
  });
});
