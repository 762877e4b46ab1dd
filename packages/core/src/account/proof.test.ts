import { beforeEach, describe, expect, it } from "vitest";
import { userIdOf } from "../ids.ts";
import { asOwner, assertOwner } from "./proof.ts";
import { startTestUserPool, type TestUserPool } from "./test-user-pool.ts";

const password = "correct horse battery";
const code = "123456";

let pool: TestUserPool;
beforeEach(async () => {
  pool = await startTestUserPool();
  return () => pool.close();
});
const prove = (proof: { password: string; code?: string }) => assertOwner(pool.identity, userIdOf(pool.sub), proof);

describe("the proof of an owner", () => {
  it("is the password, tried at the user pool", async () => {
    await prove({ password });
    expect(pool.calls).toEqual(["AdminGetUser", "InitiateAuth"]);
  });

  it("is password and code where the account has a second factor", async () => {
    pool.secondFactor = code;
    await prove({ password, code });
    expect(pool.calls).toEqual(["AdminGetUser", "InitiateAuth", "RespondToAuthChallenge"]);
    await expect(prove({ password })).rejects.toMatchObject({ code: "second-factor-required" });
    await expect(prove({ password, code: "654321" })).rejects.toMatchObject({ code: "second-factor-invalid" });
  });

  it.each([
    ["AdminGetUser", "UserNotFoundException", "User does not exist.", "user-not-found"],
    ["InitiateAuth", "NotAuthorizedException", "Incorrect username or password.", "password-incorrect"],
    ["InitiateAuth", "InvalidParameterException", "Not a password", "password-incorrect"],
    ["InitiateAuth", "NotAuthorizedException", "Password attempts exceeded", "too-many-requests"],
    ["InitiateAuth", "UserLambdaValidationException", "PreTokenGeneration failed", "temporarily-unavailable"],
  ])("is refused by %s with %s: %s", async (operation, error, message, problem) => {
    pool.refuseNext(operation, error, 400, message);
    await expect(prove({ password })).rejects.toMatchObject({ code: problem });
  });

  it("gives an access token to work with, and to nothing before the proof", async () => {
    const tokenUse = asOwner(
      pool.identity,
      userIdOf(pool.sub),
      { password },
      async (accessToken) => accessToken.length,
    );
    expect(await tokenUse).toBeGreaterThan(0);
    pool.refuseNext("InitiateAuth", "NotAuthorizedException");
    const refused = asOwner(pool.identity, userIdOf(pool.sub), { password }, async () => expect.fail("not proved"));
    await expect(refused).rejects.toMatchObject({ code: "password-incorrect" });
  });
});
