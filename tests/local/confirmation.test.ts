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

/**
 * Signs up an address twice, first as an attacker, and makes the confirmation fail before it sets the owner's password.
 */
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

describe("a confirmation that fails half-way", () => {
  it("does not enable the sign-up password, and the owner can reset the password", async () => {
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
