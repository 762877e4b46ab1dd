import { describe, expect, inject, it } from "vitest";
import { codeFor, expectProblem, mailTo, newAccount, newEmail, newUser, password, send, succeed } from "../fixtures.ts";

const cloud = inject("cloud");

describe("POST /v1/accounts", () => {
  it("mails a confirmation code to the address", async () => {
    const email = newEmail();
    await succeed(cloud, "signUp", { body: { email, password } });
    expect(await codeFor(cloud, email)).toMatch(/^\d{6}$/);
  });

  it("returns the same response for a taken address, and sends it no code", async () => {
    const { email } = await newAccount(cloud);
    const codes = async () => (await mailTo(cloud, email)).filter((mail) => /code/i.test(mail.subject)).length;
    const before = await codes();
    const fresh = await send(cloud, "signUp", { body: { email: newEmail(), password } });
    const taken = await send(cloud, "signUp", { body: { email, password } });
    expect([taken.status, taken.body]).toEqual([fresh.status, fresh.body]);
    expect([before, await codes()]).toEqual([1, 1]);
  });

  it("sends a new code if the account is unconfirmed", async () => {
    const email = newEmail();
    await succeed(cloud, "signUp", { body: { email, password } });
    await succeed(cloud, "signUp", { body: { email, password } });
    expect(await mailTo(cloud, email)).toHaveLength(2);
    await succeed(cloud, "confirmAccount", { body: { email, code: await codeFor(cloud, email), password } });
  });

  it("returns 400 with a pointer for a short password", async () => {
    const problem = expectProblem(
      await send(cloud, "signUp", { body: { email: newEmail(), password: "short" } }),
      "validation-failed",
    );
    expect(problem.errors?.map((error) => error.pointer)).toEqual(["/password"]);
  });

  it("returns 400 for passwords above 256 UTF-16 units, in every operation that takes one", async () => {
    const { email, token } = await newUser(cloud);
    const long = "😀".repeat(129);
    const code = "123456";
    for (const [id, pointer, body] of [
      ["signUp", "/password", { email: newEmail(), password: long }],
      ["confirmReset", "/newPassword", { email, code, newPassword: long }],
      ["createSession", "/password", { email, password: long }],
      ["changePassword", "/newPassword", { currentPassword: password, newPassword: long }],
      ["changePassword", "/currentPassword", { currentPassword: long, newPassword: password }],
    ] as const) {
      const problem = expectProblem(await send(cloud, id, { body, token }), "validation-failed");
      expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
    }
    await succeed(cloud, "signUp", { body: { email: newEmail(), password: `${"😀".repeat(127)}🙂` } });
  });

  it("returns password-too-weak with the reason, in every operation that sets a password", async () => {
    const { email, token } = await newUser(cloud);
    const code = "123456";
    for (const [weak, reason] of [
      ["Password1234", /too common/],
      ["abcabcabcabc", /repeat/],
      [`my ${email}`, /email address/],
    ] as const) {
      for (const [id, body] of [
        ["signUp", { email, password: weak }],
        ["confirmAccount", { email, code, password: weak }],
        ["confirmReset", { email, code, newPassword: weak }],
        ["changePassword", { currentPassword: password, newPassword: weak }],
      ] as const) {
        expect(expectProblem(await send(cloud, id, { body, token }), "password-too-weak").detail).toMatch(reason);
      }
    }
    await succeed(cloud, "createSession", { body: { email, password } });
  });

  it("returns 400 for unknown members and an invalid address", async () => {
    const answer = await send(cloud, "signUp", { body: { email: "nobody", password, admin: true } });
    const pointers = expectProblem(answer, "validation-failed").errors?.map((error) => error.pointer);
    expect(pointers).toContain("/email");
    expect(pointers).toContain("/admin");
  });

  it("refuses cross-origin requests", async () => {
    const answer = await send(cloud, "signUp", {
      body: { email: newEmail(), password },
      headers: { origin: "https://evil.example" },
    });
    expectProblem(answer, "origin-forbidden");
  });
});

describe("POST /v1/accounts/confirm", () => {
  it("confirms the account, ignoring the case of the address", async () => {
    const email = newEmail();
    await succeed(cloud, "signUp", { body: { email, password } });
    await succeed(cloud, "confirmAccount", {
      body: { email: email.toUpperCase(), code: await codeFor(cloud, email), password },
    });
    await succeed(cloud, "createSession", { body: { email, password } });
  });

  it("returns the same problem for a wrong code, an unknown address and a confirmed account", async () => {
    const waiting = newEmail();
    await succeed(cloud, "signUp", { body: { email: waiting, password } });
    const code = (await codeFor(cloud, waiting)) === "000000" ? "000001" : "000000";
    const { email: confirmed } = await newAccount(cloud);
    for (const email of [waiting, newEmail(), confirmed]) {
      expectProblem(
        await send(cloud, "confirmAccount", { body: { email, code, password } }),
        "confirmation-code-invalid",
      );
    }
  });

  it("returns 400 for a code that is not six digits", async () => {
    const answer = await send(cloud, "confirmAccount", { body: { email: newEmail(), code: "12345", password } });
    expect(expectProblem(answer, "validation-failed").errors?.[0]?.pointer).toBe("/code");
  });
});

describe("POST /v1/accounts/resend", () => {
  it("sends another valid code", async () => {
    const email = newEmail();
    await succeed(cloud, "signUp", { body: { email, password } });
    await succeed(cloud, "resendConfirmation", { body: { email } });
    expect(await mailTo(cloud, email)).toHaveLength(2);
    await succeed(cloud, "confirmAccount", { body: { email, code: await codeFor(cloud, email), password } });
  });

  it("returns the same response for an unknown address, and sends no email", async () => {
    const email = newEmail();
    await succeed(cloud, "resendConfirmation", { body: { email } });
    expect(await mailTo(cloud, email)).toEqual([]);
  });
});
