import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { codeFor, mailTo, newUser, password, succeed } from "../fixtures.ts";
import { totp } from "../totp.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterAll(() => cloud.remove());

/** Resolves when the owner has got these notices, and nothing more. */
async function expectNotices(email: string, expected: readonly string[]): Promise<void> {
  const notices = async () =>
    (await mailTo(cloud.env, email)).map(({ subject }) => subject).filter((subject) => !/code$|welcome/i.test(subject));
  await cloud.streams.drained();
  await vi.waitFor(async () => expect((await notices()).length).toBeGreaterThanOrEqual(expected.length), 10_000);
  expect((await notices()).toSorted()).toEqual(expected);
}

describe("the owner of an account is notified by mail", () => {
  it("of a second factor that is turned on, used by a recovery code and turned off, once each", async () => {
    const { email, token } = await newUser(cloud.env);
    const call = { token, body: { password } };
    const { secret } = (await succeed(cloud.env, "enrolSecondFactor", call)).body;
    const body = { password, code: totp(secret) };
    const { codes } = (await succeed(cloud.env, "confirmSecondFactor", { token, body })).body;
    await succeed(cloud.env, "createSession", { body: { email, password, recoveryCode: codes[0] } });
    await expectNotices(email, ["A Daybook recovery code was used", "Your Daybook second factor is on"]);
  });

  it("of a changed password, of a reset and of the deletion", async () => {
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
