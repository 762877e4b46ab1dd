import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { codeFor, expectProblem, newEmail, send, succeed } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

const attackers = "the attacker's own words";
const owners = "what the owner has chosen";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterEach(() => cloud.cognito.faults.clear());
afterAll(() => cloud.remove());

/** An address that an attacker signed up first, and whose confirmation will end before the owner's password is set. */
async function prepared(): Promise<{ email: string; code: string }> {
  const email = newEmail();
  await succeed(cloud.env, "signUp", { body: { email, password: attackers } });
  await succeed(cloud.env, "signUp", { body: { email, password: owners } });
  const code = await codeFor(cloud.env, email);
  cloud.cognito.faults.next({
    caller: "ConfirmAccountFunction",
    operation: "AdminSetUserPassword",
    times: 3,
    error: { code: "InternalErrorException" },
  });
  return { email, code };
}

describe("a confirmation that ends half-way", () => {
  it("leaves no way in with the password of the sign-up, and the owner resets it", async () => {
    const { email, code } = await prepared();
    const answer = await send(cloud.env, "confirmAccount", { body: { email, code, password: owners } });
    expectProblem(answer, "temporarily-unavailable");
    const attack = await send(cloud.env, "createSession", { body: { email, password: attackers } });
    expectProblem(attack, "credentials-invalid");
    await succeed(cloud.env, "requestReset", { body: { email } });
    const reset = { email, code: await codeFor(cloud.env, email), newPassword: owners };
    await succeed(cloud.env, "confirmReset", { body: reset });
    await succeed(cloud.env, "createSession", { body: { email, password: owners } });
  });
});
