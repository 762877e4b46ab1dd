import { beforeEach, describe, expect, it } from "vitest";
import { AppCode } from "./account.ts";
import * as passwords from "./password.service.ts";
import * as secondFactor from "./second-factor.service.ts";
import { signIn } from "./sign-in.repository.ts";
import { startTestUserPool, type TestUserPool } from "./test-user-pool.ts";

const email = "ada@example.com";
const password = "correct horse battery";
const code = "123456";

let pool: TestUserPool;
beforeEach(async () => {
  pool = await startTestUserPool();
  return () => pool.close();
});

describe("AppCode", () => {
  it.each(["123456", "123 456", " 12 34 56\n"])("is read from %j", (typed) => expect(AppCode.parse(typed)).toBe(code));

  it.each(["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "123-456"])("is not %j", (typed) =>
    expect(AppCode.safeParse(typed).success).toBe(false),
  );
});

describe("signing in", () => {
  it("takes no code where there is no second factor, and is none the worse for one", async () => {
    await signIn(pool.identity, { email, password });
    await signIn(pool.identity, { email, password, code });
    expect(pool.calls).toEqual(["InitiateAuth", "InitiateAuth"]);
  });

  it("takes password and code together where there is one, under the pool's own name of the user", async () => {
    pool.secondFactor = code;
    expect(await signIn(pool.identity, { email, password, code })).toMatchObject({ userId: `usr_${pool.sub}` });
    expect(pool.calls).toEqual(["InitiateAuth", "RespondToAuthChallenge"]);
  });

  it("asks for the code when there is none, once the password was right", async () => {
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
  ])("tells what is wrong with the code: %s, %s", async (error, message, problem) => {
    pool.secondFactor = code;
    pool.refuseNext("RespondToAuthChallenge", error, 400, message);
    await expect(signIn(pool.identity, { email, password, code })).rejects.toMatchObject({ code: problem });
    expect(pool.acceptsAny()).toBe(false);
  });
});

describe("turning it on", () => {
  it("gives a secret for an app, and asks for a code from then on", async () => {
    expect(await secondFactor.get(pool.identity, "token")).toEqual({ enabled: false });
    expect(await secondFactor.enrol(pool.identity, "token")).toEqual({
      secret: "MZXW6YTBOI",
      uri: "otpauth://totp/Daybook:ada%40example.com?secret=MZXW6YTBOI&issuer=Daybook",
    });
    expect(pool.secondFactor).toBeUndefined();
    await secondFactor.confirm(pool.identity, "token", { code });
    expect(await secondFactor.get(pool.identity, "token")).toEqual({ enabled: true });
  });

  it("puts no other app in the place of one that is asked for", async () => {
    pool.secondFactor = code;
    const enabled = { code: "second-factor-enabled" };
    await expect(secondFactor.enrol(pool.identity, "token")).rejects.toMatchObject(enabled);
    await expect(secondFactor.confirm(pool.identity, "token", { code })).rejects.toMatchObject(enabled);
    expect(pool.calls).toEqual(["GetUser", "GetUser"]);
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
  ])("changes nothing when the code is refused: %s, %s", async (error, message, problem) => {
    pool.refuseNext("VerifySoftwareToken", error, 400, message);
    await expect(secondFactor.confirm(pool.identity, "token", { code })).rejects.toMatchObject({ code: problem });
    expect(pool.secondFactor).toBeUndefined();
  });

  it("knows a refusal that is no error of the call", async () => {
    pool.answerNext("VerifySoftwareToken", { Status: "ERROR" });
    await expect(secondFactor.confirm(pool.identity, "token", { code })).rejects.toMatchObject({
      code: "second-factor-code-incorrect",
    });
  });

  it("is tried again while another change of the account is under way", async () => {
    pool.refuseNext("AssociateSoftwareToken", "ConcurrentModificationException");
    expect(await secondFactor.enrol(pool.identity, "token")).toHaveProperty("secret");
  });
});

describe("turning it off", () => {
  it("takes the password, and no code", async () => {
    pool.secondFactor = code;
    await secondFactor.disable(pool.identity, "token", { password });
    expect(pool.secondFactor).toBeUndefined();
    expect(pool.calls).toEqual(["GetUser", "InitiateAuth", "SetUserMFAPreference"]);
  });

  it("has nothing to do where it is off", async () => {
    await secondFactor.disable(pool.identity, "token", { password: "whatever" });
    expect(pool.calls).toEqual(["GetUser"]);
  });

  it.each([
    ["NotAuthorizedException", "Incorrect username or password.", "password-incorrect"],
    ["InvalidParameterException", "Not a password", "password-incorrect"],
    ["NotAuthorizedException", "Password attempts exceeded", "too-many-requests"],
  ])("changes nothing when the password is refused: %s, %s", async (error, message, problem) => {
    pool.secondFactor = code;
    pool.refuseNext("InitiateAuth", error, 400, message);
    await expect(secondFactor.disable(pool.identity, "token", { password })).rejects.toMatchObject({ code: problem });
    expect(pool.secondFactor).toBe(code);
  });
});

describe("a reset of the password", () => {
  it("ends every session also with a second factor, which stays on", async () => {
    pool.secondFactor = code;
    const ending = await passwords.confirmReset(pool.identity, { email, code: "654321", newPassword: password });
    expect(pool.calls).toEqual(["ConfirmForgotPassword", "AdminGetUser", "AdminUserGlobalSignOut"]);
    expect(ending).toMatchObject({ revoked: false });
    expect(pool.secondFactor).toBe(code);
  });
});
