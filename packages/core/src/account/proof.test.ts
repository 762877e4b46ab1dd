import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountLimits } from "../attempt/attempt.limits.ts";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { asOwner, assertOwner } from "./proof.ts";
import { strangerAt } from "./test-context.ts";
import { startTestUserPool, type TestUserPool } from "./test-user-pool.ts";

const password = "correct horse battery";
const code = "123456";

let pool: TestUserPool;
let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  pool = await startTestUserPool();
  return () => pool.close();
});
const prove = (proof: { password: string; code?: string }) => assertOwner(strangerAt(pool), proof);

describe("assertOwner and asOwner", () => {
  it("verify the password with the user pool", async () => {
    await prove({ password });
    expect(pool.calls).toEqual(["AdminGetUser", "InitiateAuth"]);
  });

  it("verify the password and the code if the account has a second factor", async () => {
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
  ])("map a failure of %s with %s: %s", async (operation, error, message, problem) => {
    pool.refuseNext(operation, error, 400, message);
    await expect(prove({ password })).rejects.toMatchObject({ code: problem });
  });

  it("pass an access token to the work, and do not start it before the proof", async () => {
    const email = "ada@example.com";
    const tokenUse = asOwner(strangerAt(pool), email, { password }, async (accessToken) => accessToken.length);
    expect(await tokenUse).toBeGreaterThan(0);
    pool.refuseNext("InitiateAuth", "NotAuthorizedException");
    const refused = asOwner(strangerAt(pool), email, { password }, async () => expect.fail("not proved"));
    await expect(refused).rejects.toMatchObject({ code: "password-incorrect" });
  });

  it("limit attempts, also of parallel requests, and do not count a correct password without its code", async () => {
    const { proof } = accountLimits;
    pool.secondFactor = code;
    const withoutCode = () => prove({ password }).catch((error: unknown) => Object(error).code);
    for (let count = 0; count < proof.address + 2; count += 1)
      expect(await withoutCode()).toBe("second-factor-required");
    pool.calls.length = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        prove({ password, code: "654321" }).catch((error: unknown) => Object(error).code),
      ),
    );
    expect(outcomes.filter((problem) => problem === "second-factor-invalid")).toHaveLength(proof.address);
    expect(pool.calls.filter((operation) => operation === "InitiateAuth")).toHaveLength(proof.address);
    await expect(prove({ password, code })).rejects.toMatchObject({ code: "too-many-requests" });
  });
});
