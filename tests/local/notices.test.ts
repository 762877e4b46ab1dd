import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { codeFor, mailTo, newUser, password, succeed } from "../fixtures.ts";
import { totp } from "../totp.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterAll(() => cloud.remove());

/** Waits until the owner has received exactly these notices. */
async function expectNotices(email: string, expected: readonly string[]): Promise<void> {
  const notices = async () =>
    (await mailTo(cloud.env, email)).map(({ subject }) => subject).filter((subject) => !/code$|welcome/i.test(subject));
  await cloud.streams.drained();
  await vi.waitFor(async () => expect((await notices()).length).toBeGreaterThanOrEqual(expected.length), 10_000);
  expect((await notices()).toSorted()).toEqual(expected);
}

describe("an account's owner receives a notice", () => {
  it("for a second factor that is enabled or bypassed by a recovery code, once each", async () => {
    const { email, token } = await newUser(cloud.env);
    const call = { token, body: { password } };
    const { secret } = (await succeed(cloud.env, "enrolSecondFactor", call)).body;
    const body = { password, code: totp(secret) };
    const { codes } = (await succeed(cloud.env, "confirmSecondFactor", { token, body })).body;
    await succeed(cloud.env, "createSession", { body: { email, password, recoveryCode: codes[0] } });
    await expectNotices(email, ["A Daybook recovery code was used", "Your Daybook second factor is on"]);
  });

  it("for a changed password, a reset and a deletion", async () => {
    const { email, token } = await newUser(cloud.env);
    const newPassword = "a new and longer one";
    await succeed(cloud.env, "changePassword", { token, body: { currentPassword: password, newPassword } });
    await succeed(cloud.env, "requestReset", { body: { email } });
    await succeed(cloud.env, "confirmReset", {
      body: { email, code: await codeFor(cloud.env, email), newPassword: password },
    });
    await succeed(cloud.env, "deleteMe", { token, body: { password } });
    await expectNotices(email, [
      "Your Daybook account was deleted",
      "Your Daybook password was changed",
      "Your Daybook password was reset",
    ]);
  });
});
