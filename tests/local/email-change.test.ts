import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CloudEnv,
  codeFor,
  expectProblem,
  mailTo,
  newAccount,
  newEmail,
  newUser,
  password,
  send,
  succeed,
  type TestUser,
} from "../fixtures.ts";
import { totp } from "../totp.ts";
import { type RunningCloud, runCloud } from "./running.ts";

// A cloud of its own, because wrong passwords and codes use up the attempts that one address has.
let running: RunningCloud;
let cloud: CloudEnv;
beforeAll(async () => {
  running = await runCloud();
  cloud = running.env;
});
afterAll(() => running.remove());

const request = (user: TestUser, email: string) =>
  succeed(cloud, "requestEmailChange", { token: user.token, body: { newEmail: email, password } });

describe("POST /v1/me/email-change", () => {
  it("mails a code to the new address, and keeps the current one", async () => {
    const user = await newUser(cloud);
    const email = newEmail();
    await request(user, email);
    const [mail] = await mailTo(cloud, email);
    expect(mail?.subject).toBe("Your Daybook address change code");
    expect((await succeed(cloud, "getMe", { token: user.token })).body.email).toBe(user.email);
    await succeed(cloud, "createSession", { body: { email: user.email, password } });
  });

  it("returns the same response for a taken address, and mails nothing to it", async () => {
    const [user, taken] = [await newUser(cloud), await newAccount(cloud)];
    const codes = async () => (await mailTo(cloud, taken.email)).filter(({ subject }) => /code/i.test(subject)).length;
    const before = await codes();
    const body = { newEmail: taken.email, password };
    const answer = await send(cloud, "requestEmailChange", { token: user.token, body });
    expect([answer.status, answer.body]).toEqual([202, ""]);
    expect(await codes()).toBe(before);
  });

  it("refuses the current address, an invalid one and a wrong password", async () => {
    const { token, email } = await newUser(cloud);
    const to = (address: string, typed = password) =>
      send(cloud, "requestEmailChange", { token, body: { newEmail: address, password: typed } });
    expectProblem(await to(email.toUpperCase()), "email-unchanged");
    expect(expectProblem(await to("nobody"), "validation-failed").errors?.[0]?.pointer).toBe("/newEmail");
    expectProblem(await to(newEmail(), "not the password"), "password-incorrect");
  });

  it("returns 429 after too many codes for one address", async () => {
    const user = await newUser(cloud);
    const email = newEmail();
    for (let count = 0; count < 5; count += 1) await request(user, email);
    const body = { newEmail: email, password };
    const answer = await send(cloud, "requestEmailChange", { token: user.token, body });
    expectProblem(answer, "too-many-requests");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("POST /v1/me/email-change/confirm", () => {
  it("changes the address for sign-in and profile, keeps the session, and recognizes the browser", async () => {
    const user = await newUser(cloud);
    const email = newEmail();
    await request(user, email);
    const body = { newEmail: email, emailCode: await codeFor(cloud, email), password };
    const answer = await succeed(cloud, "confirmEmailChange", { token: user.token, cookie: user.cookie, body });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-device=/);
    expect((await succeed(cloud, "getMe", { token: user.token })).body.email).toBe(email);
    await succeed(cloud, "refreshSession", { cookie: user.cookie });
    await succeed(cloud, "createSession", { body: { email, password } });
    const former = { email: user.email, password };
    expectProblem(await send(cloud, "createSession", { body: former }), "credentials-invalid");
    await expect
      .poll(async () => (await mailTo(cloud, user.email)).map(({ subject }) => subject))
      .toContain("Your Daybook address was changed");
  });

  it("refuses a wrong code, a code of another user and a wrong password, and changes nothing", async () => {
    const [user, other] = [await newUser(cloud), await newUser(cloud)];
    const [email, otherEmail] = [newEmail(), newEmail()];
    await request(user, email);
    await request(other, otherEmail);
    const emailCode = await codeFor(cloud, email);
    const confirm = (code: string, typed = password) =>
      send(cloud, "confirmEmailChange", {
        token: user.token,
        body: { newEmail: email, emailCode: code, password: typed },
      });
    const wrong = emailCode === "000000" ? "000001" : "000000";
    expectProblem(await confirm(wrong), "confirmation-code-invalid");
    expectProblem(await confirm(await codeFor(cloud, otherEmail)), "confirmation-code-invalid");
    expectProblem(await confirm(emailCode, "not the password"), "password-incorrect");
    expect((await succeed(cloud, "getMe", { token: user.token })).body.email).toBe(user.email);
    await succeed(cloud, "confirmEmailChange", { token: user.token, body: { newEmail: email, emailCode, password } });
  });

  it("returns 429 after four wrong codes", async () => {
    const user = await newUser(cloud);
    const email = newEmail();
    await request(user, email);
    const emailCode = await codeFor(cloud, email);
    const wrong = emailCode === "000000" ? "000001" : "000000";
    const body = { newEmail: email, emailCode: wrong, password };
    for (let count = 0; count < 4; count += 1) await send(cloud, "confirmEmailChange", { token: user.token, body });
    expectProblem(await send(cloud, "confirmEmailChange", { token: user.token, body }), "too-many-requests");
  });

  it("asks for a code of the second factor in both steps", async () => {
    const user = await newUser(cloud);
    const { token } = user;
    const { secret } = (await succeed(cloud, "enrolSecondFactor", { token, body: { password } })).body;
    await succeed(cloud, "confirmSecondFactor", { token, body: { password, code: totp(secret) } });
    const body = { newEmail: newEmail(), password };
    expectProblem(await send(cloud, "requestEmailChange", { token, body }), "second-factor-required");
    const wrong = { token, body: { ...body, code: "000000" } };
    expectProblem(await send(cloud, "requestEmailChange", wrong), "second-factor-invalid");
    const confirmation = { ...body, emailCode: "123456" };
    expectProblem(await send(cloud, "confirmEmailChange", { token, body: confirmation }), "second-factor-required");
    const wrongly = { token, body: { ...confirmation, code: "000000" } };
    expectProblem(await send(cloud, "confirmEmailChange", wrongly), "second-factor-invalid");
  });

  it("returns 400 for a malformed code and unknown members", async () => {
    const { token } = await newUser(cloud);
    const body = { newEmail: newEmail(), emailCode: "12345", password, admin: true };
    const answer = await send(cloud, "confirmEmailChange", { token, body });
    const pointers = expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(["/admin", "/emailCode"]);
  });
});
