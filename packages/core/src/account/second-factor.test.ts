import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as brand from "../brand.ts";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { AppCode } from "./account.ts";
import { signIn } from "./cognito/sign-in.ts";
import * as passwords from "./password.service.ts";
import * as secondFactor from "./second-factor.service.ts";
import { strangerAt } from "./test-context.ts";
import { startTestUserPool, type TestUserPool } from "./test-user-pool.ts";

const email = "ada@example.com";
const password = "correct horse battery";
const code = "123456";

let pool: TestUserPool;
let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
const context = () => strangerAt(pool);

const notices = async () => (await table.items()).filter(({ entity }) => entity === "notice");
/** Notices that existed before the test. */
let before: Set<unknown>;
/** Kinds of the notices that this test created. */
const kindsOfNotices = async () =>
  (await notices())
    .filter(({ id }) => !before.has(id))
    .map(({ kind }) => String(kind))
    .sort();

beforeEach(async () => {
  before = new Set((await notices()).map(({ id }) => id));
  pool = await startTestUserPool();
  return () => pool.close();
});

describe("AppCode", () => {
  it.each(["123456", "123 456", " 12 34 56\n"])("is parsed from %j", (typed) =>
    expect(AppCode.parse(typed)).toBe(code),
  );

  it.each(["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "123-456"])("is not parsed from %j", (typed) =>
    expect(AppCode.safeParse(typed).success).toBe(false),
  );
});

describe("signIn", () => {
  it("needs no code without a second factor and ignores one", async () => {
    await signIn(pool.identity, { email, password });
    await signIn(pool.identity, { email, password, code });
    expect(pool.calls).toEqual(["InitiateAuth", "InitiateAuth"]);
  });

  it("sends password and code, with the pool's user name, if there is a second factor", async () => {
    pool.secondFactor = code;
    expect(await signIn(pool.identity, { email, password, code })).toMatchObject({ userId: `usr_${pool.sub}` });
    expect(pool.calls).toEqual(["InitiateAuth", "RespondToAuthChallenge"]);
  });

  it("returns second-factor-required only after a correct password", async () => {
    pool.secondFactor = code;
    await expect(signIn(pool.identity, { email, password })).rejects.toMatchObject({ code: "second-factor-required" });
    pool.refuseNext("InitiateAuth", "NotAuthorizedException");
    await expect(signIn(pool.identity, { email, password, code })).rejects.toMatchObject({
      code: "credentials-invalid",
    });
    expect(pool.calls).toEqual(["InitiateAuth", "InitiateAuth"]);
  });

  it.each([
    ["CodeMismatchException", "Invalid code received for user", "second-factor-invalid"],
    ["ExpiredCodeException", "Your software token has already been used once.", "second-factor-invalid"],
    ["NotAuthorizedException", "Invalid session for the user, session is expired.", "second-factor-invalid"],
    ["NotAuthorizedException", "Password attempts exceeded", "too-many-requests"],
    ["TooManyRequestsException", "Rate exceeded", "too-many-requests"],
    ["UserNotFoundException", "User does not exist.", "credentials-invalid"],
  ])("maps a rejected code: %s, %s", async (error, message, problem) => {
    pool.secondFactor = code;
    pool.refuseNext("RespondToAuthChallenge", error, 400, message);
    await expect(signIn(pool.identity, { email, password, code })).rejects.toMatchObject({ code: problem });
    expect(pool.acceptsAny()).toBe(false);
  });
});

describe("turning the second factor on", () => {
  it("requires the password and returns a secret, then ten recovery codes", async () => {
    expect(await secondFactor.get(context())).toEqual({
      enabled: false,
      recoveryCodesLeft: 0,
    });
    const issuer = encodeURIComponent(brand.name);
    expect(await secondFactor.enrol(context(), { password })).toEqual({
      secret: "MZXW6YTBOI",
      uri: `otpauth://totp/${issuer}:ada%40example.com?secret=MZXW6YTBOI&issuer=${issuer}`,
    });
    expect(pool.secondFactor).toBeUndefined();
    const { codes } = await secondFactor.confirm(context(), { password, code });
    expect(new Set(codes).size).toBe(10);
    expect(await secondFactor.get(context())).toEqual({
      enabled: true,
      recoveryCodesLeft: 10,
    });
    expect(await kindsOfNotices()).toEqual(["second-factor-on"]);
  });

  it("returns second-factor-enabled when it is already on", async () => {
    pool.secondFactor = code;
    const enabled = { code: "second-factor-enabled" };
    await expect(secondFactor.enrol(context(), { password })).rejects.toMatchObject(enabled);
    await expect(secondFactor.confirm(context(), { password, code })).rejects.toMatchObject(enabled);
    expect(pool.calls).toEqual(["AdminGetUser", "AdminGetUser"]);
  });

  it("is refused with a wrong password before it calls the user pool with the user's token", async () => {
    pool.refuseNext("InitiateAuth", "NotAuthorizedException", 400, "Incorrect username or password.");
    await expect(secondFactor.enrol(context(), { password })).rejects.toMatchObject({
      code: "password-incorrect",
    });
    pool.refuseNext("InitiateAuth", "NotAuthorizedException", 400, "Incorrect username or password.");
    await expect(secondFactor.confirm(context(), { password, code })).rejects.toMatchObject({
      code: "password-incorrect",
    });
    expect(pool.calls).toEqual(["AdminGetUser", "InitiateAuth", "AdminGetUser", "InitiateAuth"]);
  });

  it.each([
    [
      "EnableSoftwareTokenMFAException",
      "Code mismatch and fail enable Software Token MFA",
      "second-factor-code-incorrect",
    ],
    ["CodeMismatchException", "Invalid code", "second-factor-code-incorrect"],
    ["ExpiredCodeException", "Your software token has already been used once.", "second-factor-code-incorrect"],
    ["SoftwareTokenMFANotFoundException", "Does not exist for the user.", "second-factor-code-incorrect"],
    ["LimitExceededException", "Attempt limit exceeded", "too-many-requests"],
    ["NotAuthorizedException", "Access Token has been revoked", "session-missing"],
    ["UserNotFoundException", "User does not exist.", "user-not-found"],
  ])("changes nothing when the code is rejected: %s, %s", async (error, message, problem) => {
    pool.refuseNext("VerifySoftwareToken", error, 400, message);
    await expect(secondFactor.confirm(context(), { password, code })).rejects.toMatchObject({
      code: problem,
    });
    expect(pool.secondFactor).toBeUndefined();
  });

  it("returns second-factor-code-incorrect for a successful call with the status ERROR", async () => {
    pool.answerNext("VerifySoftwareToken", { Status: "ERROR" });
    await expect(secondFactor.confirm(context(), { password, code })).rejects.toMatchObject({
      code: "second-factor-code-incorrect",
    });
  });

  it("is retried while another change of the account is in progress", async () => {
    pool.refuseNext("AssociateSoftwareToken", "ConcurrentModificationException");
    expect(await secondFactor.enrol(context(), { password })).toHaveProperty("secret");
  });
});

describe("turning the second factor off", () => {
  it("requires the password and an authenticator code", async () => {
    pool.secondFactor = code;
    await expect(secondFactor.disable(context(), { password })).rejects.toMatchObject({
      code: "second-factor-required",
    });
    await secondFactor.disable(context(), { password, code });
    expect(pool.secondFactor).toBeUndefined();
    expect(await kindsOfNotices()).toEqual(["second-factor-off"]);
  });

  it("accepts a recovery code with the correct password", async () => {
    const { codes } = await secondFactor.confirm(context(), { password, code });
    const [recoveryCode = ""] = codes;
    pool.refuseNext("InitiateAuth", "NotAuthorizedException", 400, "Incorrect username or password.");
    await expect(secondFactor.disable(context(), { password, recoveryCode })).rejects.toMatchObject({
      code: "password-incorrect",
    });
    const wrong = { password, recoveryCode: "0000-0000-0000-0000" };
    await expect(secondFactor.disable(context(), wrong)).rejects.toMatchObject({
      code: "recovery-code-invalid",
    });
    expect(pool.secondFactor).toBe(code);
    await secondFactor.disable(context(), { password, recoveryCode });
    expect(pool.secondFactor).toBeUndefined();
    expect(await secondFactor.get(context())).toEqual({
      enabled: false,
      recoveryCodesLeft: 0,
    });
  });

  it("does nothing when it is already off", async () => {
    await secondFactor.disable(context(), { password: "not checked" });
    expect(pool.calls).toEqual(["AdminGetUser"]);
  });
});

describe("replaceRecoveryCodes", () => {
  it("replaces the codes and requires the password and a code", async () => {
    await secondFactor.confirm(context(), { password, code });
    const { codes } = await secondFactor.replaceRecoveryCodes(context(), { password, code });
    expect(codes).toHaveLength(10);
    expect(await kindsOfNotices()).toEqual(["recovery-codes-replaced", "second-factor-on"]);
  });

  it("returns second-factor-disabled without a second factor", async () => {
    await expect(secondFactor.replaceRecoveryCodes(context(), { password, code })).rejects.toMatchObject({
      code: "second-factor-disabled",
    });
  });
});

describe("a password reset", () => {
  it("ends all sessions and keeps the second factor on", async () => {
    pool.secondFactor = code;
    const ending = await passwords.confirmReset(context(), { email, code: "654321", newPassword: password });
    expect(pool.calls).toEqual(["ConfirmForgotPassword", "AdminGetUser", "AdminUserGlobalSignOut"]);
    expect(ending).toMatchObject({ revoked: true });
    expect(pool.secondFactor).toBe(code);
  });
});
