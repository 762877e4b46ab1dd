import { describe, expect, inject, it } from "vitest";
import {
  codeFor,
  expectProblem,
  mailTo,
  newAccount,
  newEmail,
  newUser,
  password,
  send,
  sessionCookie,
  succeed,
} from "../fixtures.ts";

const cloud = inject("cloud");
const newPassword = "a new and longer one";
const elsewhere = { origin: "https://evil.example" };

/** The emails with codes. The welcome email may arrive between them. */
const codesTo = async (email: string) => (await mailTo(cloud, email)).filter(({ subject }) => /code/i.test(subject));

/** Requests a reset code and returns it from the email. */
async function resetCode(email: string): Promise<string> {
  await succeed(cloud, "requestReset", { body: { email } });
  return codeFor(cloud, email);
}

describe("POST /v1/accounts/reset", () => {
  it("sends a code that sets a new password", async () => {
    const { email } = await newAccount(cloud);
    const code = await resetCode(email);
    await succeed(cloud, "confirmReset", { body: { email, code, newPassword } });
    expectProblem(await send(cloud, "createSession", { body: { email, password } }), "credentials-invalid");
    await succeed(cloud, "createSession", { body: { email, password: newPassword } });
  });

  it("returns the same response for every address; sends no email to an unknown one, and a confirmation code to an unconfirmed one", async () => {
    const [known, unknown, waiting] = [await newAccount(cloud), { email: newEmail() }, { email: newEmail() }];
    await succeed(cloud, "signUp", { body: { email: waiting.email, password } });
    const answers = [];
    for (const { email } of [known, unknown, waiting]) {
      const { status, body, headers } = await send(cloud, "requestReset", { body: { email } });
      answers.push([status, body, headers.get("cache-control")]);
    }
    expect(answers).toEqual([1, 2, 3].map(() => [202, "", "no-store"]));
    expect(await mailTo(cloud, unknown.email)).toEqual([]);
    expect(await codesTo(waiting.email)).toHaveLength(2);
  });

  it("returns 429 with a wait time after too many requests, and sends no more codes", async () => {
    const { email } = await newAccount(cloud);
    const answers = [];
    for (let count = 0; count < 21; count += 1) answers.push(await send(cloud, "requestReset", { body: { email } }));
    const accepted = answers.filter(({ status }) => status === 202);
    const refused = answers.slice(accepted.length);
    expect(refused).not.toEqual([]);
    for (const answer of refused) {
      expect(expectProblem(answer, "too-many-requests").detail).toMatch(/Try again in \d+ minutes\./);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(await codesTo(email)).toHaveLength(1 + accepted.length);
  });

  it("returns 400 for an invalid address and unknown members", async () => {
    const answer = await send(cloud, "requestReset", { body: { email: "nobody", force: true } });
    const pointers = expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(["/email", "/force"]);
  });

  it("refuses cross-origin requests", async () => {
    const { email } = await newAccount(cloud);
    const before = await codesTo(email);
    expectProblem(await send(cloud, "requestReset", { body: { email }, headers: elsewhere }), "origin-forbidden");
    expect(await codesTo(email)).toEqual(before);
  });
});

describe("POST /v1/accounts/reset/confirm", () => {
  it("ends all sessions of the user, and does not create the profile or inbox again", async () => {
    const user = await newUser(cloud);
    const other = sessionCookie(await succeed(cloud, "createSession", { body: { email: user.email, password } }));
    const me = await succeed(cloud, "getMe", { token: user.token });
    const code = await resetCode(user.email);
    await succeed(cloud, "confirmReset", { body: { email: user.email, code, newPassword } });
    for (const cookie of [user.cookie, other])
      expectProblem(await send(cloud, "refreshSession", { cookie }), "session-missing");
    const session = await succeed(cloud, "createSession", { body: { email: user.email, password: newPassword } });
    const token = session.body.accessToken;
    expect((await succeed(cloud, "getMe", { token })).body).toEqual(me.body);
    expect((await succeed(cloud, "listLists", { token })).body).toEqual([user.inbox]);
  });

  it("returns the same problem for a wrong code, a used code, an unknown address and an account without a code", async () => {
    const { email } = await newAccount(cloud);
    const code = await resetCode(email);
    const wrong = code === "000000" ? "000001" : "000000";
    const attempt = (address: string, tried: string) =>
      send(cloud, "confirmReset", { body: { email: address, code: tried, newPassword } });
    expectProblem(await attempt(email, wrong), "confirmation-code-invalid");
    expect((await attempt(email, code)).status).toBe(204);
    expectProblem(await attempt(email, code), "confirmation-code-invalid");
    expectProblem(await attempt(newEmail(), code), "confirmation-code-invalid");
    expectProblem(await attempt((await newAccount(cloud)).email, code), "confirmation-code-invalid");
  });

  it("returns 429 for any code after five wrong ones", async () => {
    const { email } = await newAccount(cloud);
    const code = await resetCode(email);
    const wrong = code === "000000" ? "000001" : "000000";
    const attempt = (tried: string) => send(cloud, "confirmReset", { body: { email, code: tried, newPassword } });
    expectProblem(await attempt(wrong), "confirmation-code-invalid");
    for (let count = 1; count < 5; count += 1) expect((await attempt(wrong)).status).toBeGreaterThanOrEqual(400);
    expectProblem(await attempt(code), "too-many-requests");
    await succeed(cloud, "createSession", { body: { email, password } });
  });

  it("returns 400 for a short password and a malformed code, and keeps the code valid", async () => {
    const { email } = await newAccount(cloud);
    const code = await resetCode(email);
    const answer = await send(cloud, "confirmReset", { body: { email, code: "12345", newPassword: "short" } });
    const pointers = expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(["/code", "/newPassword"]);
    await succeed(cloud, "confirmReset", { body: { email, code, newPassword } });
  });

  it("refuses cross-origin requests to confirm", async () => {
    const { email } = await newAccount(cloud);
    const body = { email, code: await resetCode(email), newPassword };
    expectProblem(await send(cloud, "confirmReset", { body, headers: elsewhere }), "origin-forbidden");
    await succeed(cloud, "createSession", { body: { email, password } });
  });
});

describe("POST /v1/me/password", () => {
  it("changes the password, keeps the current session and ends all others", async () => {
    const { email, token, cookie } = await newUser(cloud);
    const other = sessionCookie(await succeed(cloud, "createSession", { body: { email, password } }));
    const body = { currentPassword: password, newPassword };
    const answer = await succeed(cloud, "changePassword", { token, cookie, body });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expectProblem(await send(cloud, "refreshSession", { cookie: other }), "session-missing");
    await succeed(cloud, "refreshSession", { cookie });
    await succeed(cloud, "createSession", { body: { email, password: newPassword } });
    expectProblem(await send(cloud, "createSession", { body: { email, password } }), "credentials-invalid");
  });

  it("ends all sessions of the user if the request has no cookie or another user's", async () => {
    const [user, other] = [await newUser(cloud), await newUser(cloud)];
    const body = { currentPassword: password, newPassword };
    await succeed(cloud, "changePassword", { token: user.token, cookie: other.cookie, body });
    expectProblem(await send(cloud, "refreshSession", { cookie: user.cookie }), "session-missing");
    await succeed(cloud, "refreshSession", { cookie: other.cookie });
  });

  it("refuses a wrong password of any form, and changes nothing", async () => {
    const { token, cookie } = await newUser(cloud);
    for (const currentPassword of ["not the password", "x", " padded with space ", "x".repeat(256)]) {
      const answer = await send(cloud, "changePassword", { token, body: { currentPassword, newPassword } });
      expectProblem(answer, "password-incorrect");
    }
    await succeed(cloud, "refreshSession", { cookie });
  });

  it("returns password-unchanged if the new password is the current one", async () => {
    const { token, cookie } = await newUser(cloud);
    const body = { currentPassword: password, newPassword: password };
    expectProblem(await send(cloud, "changePassword", { token, body }), "password-unchanged");
    await succeed(cloud, "refreshSession", { cookie });
  });

  it("returns 429 after five wrong passwords", async () => {
    const { token } = await newUser(cloud);
    const body = { currentPassword: "not the password", newPassword };
    for (let count = 0; count < 5; count += 1) await send(cloud, "changePassword", { token, body });
    expectProblem(await send(cloud, "changePassword", { token, body }), "too-many-requests");
  });

  it("returns 400 for a weak new password, a missing member and an unknown member", async () => {
    const { token } = await newUser(cloud);
    const answer = await send(cloud, "changePassword", { token, body: { newPassword: "short", admin: true } });
    const pointers = expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(["/admin", "/currentPassword", "/newPassword"]);
  });

  it("requires the password, even with a valid access token of a session that has ended", async () => {
    const { email, token, cookie } = await newUser(cloud);
    await succeed(cloud, "deleteSession", { cookie, query: { everywhere: "true" } });
    const body = { currentPassword: "not the password", newPassword };
    expectProblem(await send(cloud, "changePassword", { token, body }), "password-incorrect");
    await succeed(cloud, "createSession", { body: { email, password } });
  });
});
