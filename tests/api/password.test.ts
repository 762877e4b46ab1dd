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

/** The mails with codes; the welcome comes some time beside them. */
const codesTo = async (email: string) => (await mailTo(cloud, email)).filter(({ subject }) => /code/i.test(subject));

/** Asks for a code and reads it in the mail. */
async function resetCode(email: string): Promise<string> {
  await succeed(cloud, "requestReset", { body: { email } });
  return codeFor(cloud, email);
}

describe("POST /v1/accounts/reset", () => {
  it("mails a code that sets a new password", async () => {
    const { email } = await newAccount(cloud);
    const code = await resetCode(email);
    await succeed(cloud, "confirmReset", { body: { email, code, newPassword } });
    expectProblem(await send(cloud, "createSession", { body: { email, password } }), "credentials-invalid");
    await succeed(cloud, "createSession", { body: { email, password: newPassword } });
  });

  it("answers the same for every address, mails nothing to an unknown one and a confirmation code to one that waits for it", async () => {
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

  it("answers 429 with a wait after too many requests, and mails no more codes", async () => {
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

  it("refuses what is not an address, and unknown members", async () => {
    const answer = await send(cloud, "requestReset", { body: { email: "nobody", force: true } });
    const pointers = expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(["/email", "/force"]);
  });

  it("refuses a request from another site", async () => {
    const { email } = await newAccount(cloud);
    const before = await codesTo(email);
    expectProblem(await send(cloud, "requestReset", { body: { email }, headers: elsewhere }), "origin-forbidden");
    expect(await codesTo(email)).toEqual(before);
  });
});

describe("POST /v1/accounts/reset/confirm", () => {
  it("ends all sessions of the user, and makes nothing twice", async () => {
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

  it("answers the same for a wrong code, a used one, an unknown address and one without a code", async () => {
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

  it("lets nobody guess: after five wrong codes the right one is refused too", async () => {
    const { email } = await newAccount(cloud);
    const code = await resetCode(email);
    const wrong = code === "000000" ? "000001" : "000000";
    const attempt = (tried: string) => send(cloud, "confirmReset", { body: { email, code: tried, newPassword } });
    expectProblem(await attempt(wrong), "confirmation-code-invalid");
    for (let count = 1; count < 5; count += 1) expect((await attempt(wrong)).status).toBeGreaterThanOrEqual(400);
    expectProblem(await attempt(code), "too-many-requests");
    await succeed(cloud, "createSession", { body: { email, password } });
  });

  it("refuses a short password and a code that is none, and leaves the code good", async () => {
    const { email } = await newAccount(cloud);
    const code = await resetCode(email);
    const answer = await send(cloud, "confirmReset", { body: { email, code: "12345", newPassword: "short" } });
    const pointers = expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(["/code", "/newPassword"]);
    await succeed(cloud, "confirmReset", { body: { email, code, newPassword } });
  });

  it("refuses a request from another site", async () => {
    const { email } = await newAccount(cloud);
    const body = { email, code: await resetCode(email), newPassword };
    expectProblem(await send(cloud, "confirmReset", { body, headers: elsewhere }), "origin-forbidden");
    await succeed(cloud, "createSession", { body: { email, password } });
  });
});

describe("POST /v1/me/password", () => {
  it("changes the password; this session stays, and every other one ends", async () => {
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

  it("ends all sessions when it is asked by a program without a cookie, or with somebody else's", async () => {
    const [user, other] = [await newUser(cloud), await newUser(cloud)];
    const body = { currentPassword: password, newPassword };
    await succeed(cloud, "changePassword", { token: user.token, cookie: other.cookie, body });
    expectProblem(await send(cloud, "refreshSession", { cookie: user.cookie }), "session-missing");
    await succeed(cloud, "refreshSession", { cookie: other.cookie });
  });

  it("refuses a wrong password, of whatever shape, and changes nothing", async () => {
    const { token, cookie } = await newUser(cloud);
    for (const currentPassword of ["not the password", "x", " padded with space ", "x".repeat(256)]) {
      const answer = await send(cloud, "changePassword", { token, body: { currentPassword, newPassword } });
      expectProblem(answer, "password-incorrect");
    }
    await succeed(cloud, "refreshSession", { cookie });
  });

  it("lets nobody guess: after five wrong passwords it answers 429", async () => {
    const { token } = await newUser(cloud);
    const body = { currentPassword: "not the password", newPassword };
    for (let count = 0; count < 5; count += 1) await send(cloud, "changePassword", { token, body });
    expectProblem(await send(cloud, "changePassword", { token, body }), "too-many-requests");
  });

  it("refuses a weak new password, a missing member and an unknown one", async () => {
    const { token } = await newUser(cloud);
    const answer = await send(cloud, "changePassword", { token, body: { newPassword: "short", admin: true } });
    const pointers = expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(["/admin", "/currentPassword", "/newPassword"]);
  });

  it("takes no access token for a proof: one that was signed out everywhere changes nothing without the password", async () => {
    const { email, token, cookie } = await newUser(cloud);
    await succeed(cloud, "deleteSession", { cookie, query: { everywhere: "true" } });
    const body = { currentPassword: "not the password", newPassword };
    expectProblem(await send(cloud, "changePassword", { token, body }), "password-incorrect");
    await succeed(cloud, "createSession", { body: { email, password } });
  });
});
