import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../db/table.ts";
import { startTestTable, type TestTable } from "../../db/test-table.ts";
import { newSessionId, userIdOf } from "../../ids.ts";
import { problem } from "../../test-problem.ts";

import * as accounts from "../account.service.ts";
import * as passwords from "../password.service.ts";
import type { OwnerContext } from "../proof.ts";
import * as secondFactor from "../second-factor.service.ts";
import { strangerAt } from "../test-context.ts";
import { startTestUserPool, type TestUserPool } from "../test-user-pool.ts";
import * as sessions from "./session.service.ts";
import { encodeSessionToken, newSessionToken } from "./session.token.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
/** Each test uses a different address. */
const credentials = { email: "ada@example.com", password: "correct horse battery", userAgent: "Firefox" };

describe("sessions", () => {
  let table: TestTable;
  let pool: TestUserPool;
  let context: OwnerContext;
  let cookie: string;

  beforeAll(async () => {
    table = await startTestTable();
    connect(() => table.name, table.config);
  });
  afterAll(() => table.close());
  beforeEach(async () => {
    pool = await startTestUserPool();
    credentials.email = `${randomUUID()}@example.com`;
    context = { ...strangerAt(pool), clock };
    cookie = (await sessions.create(context, credentials)).cookie.value;
    pool.calls.length = 0;
    return () => pool.close();
  });

  const stored = async () => (await table.items()).find(({ pk }) => pk === `USER#usr_${pool.sub}`);

  describe("with a recovery code", () => {
    const codes = async () => {
      const { codes } = await secondFactor.confirm(context, { password: credentials.password, code: "123456" });
      pool.calls.length = 0;
      return codes;
    };
    const signIn = (recoveryCode: string) => sessions.create(context, { ...credentials, recoveryCode });

    it("start with an unused code, which turns off the second factor and ends all other sessions", async () => {
      const [first = ""] = await codes();
      await expect(signIn("0000000000000000")).rejects.toMatchObject({ code: "recovery-code-invalid" });
      expect(pool.secondFactor).toBeDefined();
      const recovered = await signIn(first);
      expect(pool.secondFactor).toBeUndefined();
      await expect(sessions.refresh(context, cookie)).rejects.toThrow(problem("session-missing"));
      await sessions.refresh(context, recovered.cookie.value);
      const notices = (await table.items()).filter(({ email }) => email === credentials.email);
      expect(notices.map(({ kind }) => kind)).toEqual(["recovery-code-used"]);
    });

    it("are refused with a wrong password, and the code stays unused", async () => {
      const [first = ""] = await codes();
      pool.refuseNext("InitiateAuth", "NotAuthorizedException");
      await expect(signIn(first)).rejects.toThrow(problem("credentials-invalid"));
      expect(pool.calls).toEqual(["InitiateAuth"]);
      await signIn(first);
    });
  });

  describe("after the account is confirmed", () => {
    const confirmation = () => ({
      email: credentials.email,
      code: "123456",
      password: "a password of the owner",
    });

    it("end with all tokens and the second factor, after the new password is set", async () => {
      pool.secondFactor = "123456";
      await accounts.confirm(context, confirmation());
      expect(pool.calls).toEqual([
        "ConfirmSignUp",
        "AdminSetUserPassword",
        "AdminGetUser",
        "AdminSetUserMFAPreference",
        "AdminUserGlobalSignOut",
      ]);
      expect(pool.secondFactor).toBeUndefined();
      expect(await stored()).toBeUndefined();
      expect(pool.acceptsAny()).toBe(false);
    });

    it("end even if the trigger failed, because the account is confirmed", async () => {
      pool.refuseNext("ConfirmSignUp", "UserLambdaValidationException");
      await accounts.confirm(context, confirmation());
      expect(await stored()).toBeUndefined();
    });
  });

  describe("after a password reset", () => {
    const reset = () => ({ email: credentials.email, code: "123456", newPassword: "a new and longer one" });

    it("end together with the refresh tokens of other clients", async () => {
      expect(await passwords.confirmReset(context, reset())).toMatchObject({ revoked: true });
      expect(pool.calls).toEqual(["ConfirmForgotPassword", "AdminGetUser", "AdminUserGlobalSignOut"]);
      expect(await stored()).toBeUndefined();
      expect(pool.acceptsAny()).toBe(false);
    });

    it.each(["CodeMismatchException", "ExpiredCodeException", "UserNotFoundException", "LimitExceededException"])(
      "continue when the code is rejected (%s)",
      async (error) => {
        pool.refuseNext("ConfirmForgotPassword", error);
        pool.refuseNext("ConfirmSignUp", "NotAuthorizedException");
        await expect(passwords.confirmReset(context, reset())).rejects.toThrow(problem("confirmation-code-invalid"));
        expect(pool.calls).toEqual(["ConfirmForgotPassword", "ConfirmSignUp"]);
        expect(await stored()).toBeDefined();
      },
    );

    it("end when the code confirms an unconfirmed account instead", async () => {
      pool.refuseNext("ConfirmForgotPassword", "InvalidParameterException");
      await passwords.confirmReset(context, reset());
      expect(pool.calls.slice(0, 3)).toEqual(["ConfirmForgotPassword", "ConfirmSignUp", "AdminSetUserPassword"]);
      expect(await stored()).toBeUndefined();
    });

    it("report a token that could not be revoked, and the reset succeeds", async () => {
      pool.refuseNext("ConfirmForgotPassword", "UserLambdaValidationException");
      pool.refuseNext("AdminUserGlobalSignOut", "UnknownError", 400);
      expect(await passwords.confirmReset(context, reset())).toMatchObject({
        revoked: false,
        failure: { name: "UnknownError" },
      });
    });
  });

  describe("after a password change", () => {
    const input = { currentPassword: "correct horse battery", newPassword: "a new and longer one" };
    const change = (own?: string) => passwords.change({ ...context, cookie: own }, input);

    it("end, except the one that changed the password", async () => {
      const other = await sessions.create(context, credentials);
      await change(cookie);
      await sessions.refresh(context, cookie);
      await expect(sessions.refresh(context, other.cookie.value)).rejects.toThrow(problem("session-missing"));
      await change(encodeSessionToken(newSessionToken(userIdOf(randomUUID()), newSessionId(clock))));
      await expect(sessions.refresh(context, cookie)).rejects.toThrow(problem("session-missing"));
    });

    it.each([
      ["InitiateAuth", "NotAuthorizedException", "Incorrect username or password.", "password-incorrect"],
      ["InitiateAuth", "NotAuthorizedException", "Password attempts exceeded", "too-many-requests"],
      ["AdminSetUserPassword", "InvalidPasswordException", "Password not long enough", "password-too-weak"],
      ["AdminGetUser", "UserNotFoundException", "User does not exist.", "user-not-found"],
    ])("continue when the change is refused: %s, %s, %s", async (operation, error, message, code) => {
      pool.refuseNext(operation, error, 400, message);
      await expect(change()).rejects.toMatchObject({ code });
      expect(await stored()).toBeDefined();
    });
  });
});
