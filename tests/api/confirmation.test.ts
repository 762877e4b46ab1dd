import { describe, expect, inject, it } from "vitest";
import { codeFor, expectProblem, newEmail, password, send, succeed } from "../fixtures.ts";

const cloud = inject("cloud");
const attackers = "the attacker's own words";
const owners = "what the owner has chosen";

const signUp = (email: string, chosen: string) => succeed(cloud, "signUp", { body: { email, password: chosen } });
const signIn = (email: string, chosen: string) => send(cloud, "createSession", { body: { email, password: chosen } });
const confirm = async (email: string, chosen: string) =>
  succeed(cloud, "confirmAccount", { body: { email, code: await codeFor(cloud, email), password: chosen } });

async function expectOwnersAlone(email: string) {
  expectProblem(await signIn(email, attackers), "credentials-invalid");
  expect((await signIn(email, owners)).status).toBe(201);
}

describe("POST /v1/accounts/confirm", () => {
  it("locks out an attacker who signed up with the address first", async () => {
    const email = newEmail();
    await signUp(email, attackers);
    await signUp(email, owners);
    await confirm(email, owners);
    await expectOwnersAlone(email);
  });

  it("locks out an attacker who signed up between the owner's sign-up and confirmation", async () => {
    const email = newEmail();
    await signUp(email, owners);
    await signUp(email, attackers);
    await confirm(email, owners);
    await expectOwnersAlone(email);
  });

  it("refuses to sign in with the sign-up password, before and after the confirmation", async () => {
    const email = newEmail();
    await signUp(email, attackers);
    expectProblem(await signIn(email, attackers), "account-unconfirmed");
    await signUp(email, owners);
    await confirm(email, owners);
    await expectOwnersAlone(email);
  });

  it("uses the password of the latest sign-up of a returning user", async () => {
    const email = newEmail();
    await signUp(email, password);
    await signUp(email, owners);
    await confirm(email, owners);
    expectProblem(await signIn(email, password), "credentials-invalid");
    expect((await signIn(email, owners)).status).toBe(201);
  });

  it("sets no password for a wrong code or a confirmed account", async () => {
    const email = newEmail();
    await signUp(email, owners);
    const code = await codeFor(cloud, email);
    const wrong = { email, code: code === "000000" ? "000001" : "000000", password: attackers };
    expectProblem(await send(cloud, "confirmAccount", { body: wrong }), "confirmation-code-invalid");
    await succeed(cloud, "confirmAccount", { body: { email, code, password: owners } });
    const again = { email, code, password: attackers };
    expectProblem(await send(cloud, "confirmAccount", { body: again }), "confirmation-code-invalid");
    await expectOwnersAlone(email);
  });

  it("returns 400 for a short password, and keeps the code valid", async () => {
    const email = newEmail();
    await signUp(email, owners);
    const code = await codeFor(cloud, email);
    const answer = await send(cloud, "confirmAccount", { body: { email, code, password: "short" } });
    expect(expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer)).toEqual(["/password"]);
    await succeed(cloud, "confirmAccount", { body: { email, code, password: owners } });
  });
});
