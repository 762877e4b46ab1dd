import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { newSessionId, userIdOf } from "../ids.ts";
import { problem } from "../test-problem.ts";

import * as accounts from "./account.service.ts";
import * as passwords from "./password.service.ts";
import type { ProofContext } from "./proof.ts";
import * as secondFactor from "./second-factor.service.ts";
import * as sessions from "./session.service.ts";
import { encodeSessionToken, newSessionToken } from "./session.token.ts";
import { strangerAt } from "./test-context.ts";
import { startTestUserPool, type TestUserPool } from "./test-user-pool.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
/** The address is another one in each test. */
const credentials = { email: "ada@example.com", password: "correct horse battery", userAgent: "Firefox" };

describe("the sessions", () => {
  let table: TestTable;
  let pool: TestUserPool;
  let context: ProofContext;
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
    ({ cookie } = await sessions.create(credentials, context));
    pool.calls.length = 0;
    return () => pool.close();
  });

  const stored = async () => (await table.items()).find(({ pk }) => pk === `USER#usr_${pool.sub}`);

  describe("of a person who has lost their app", () => {
    const codes = async () => {
      const { codes } = await secondFactor.confirm(
        { userId: userIdOf(pool.sub) },
        { password: credentials.password, code: "123456" },
        context,
      );
      pool.calls.length = 0;
      return codes;
    };
    const signIn = (recoveryCode: string) => sessions.create({ ...credentials, recoveryCode }, context);

    it("begins with a recovery code, which turns the second factor off, ends all others and is good for nothing more", async () => {
      const [first = ""] = await codes();
      await expect(signIn("0000000000000000")).rejects.toMatchObject({ code: "recovery-code-invalid" });
      expect(pool.secondFactor).toBeDefined();
      const recovered = await signIn(first);
      expect(pool.secondFactor).toBeUndefined();
      await expect(sessions.refresh(cookie, context)).rejects.toThrow(problem("session-missing"));
      await sessions.refresh(recovered.cookie, context);
      const notices = (await table.items()).filter(({ email }) => email === credentials.email);
      expect(notices.map(({ kind }) => kind)).toEqual(["recovery-code-used"]);
    });

    it("is refused with a recovery code and a wrong password", async () => {
      const [first = ""] = await codes();
      pool.refuseNext("InitiateAuth", "NotAuthorizedException");
      await expect(signIn(first)).rejects.toThrow(problem("credentials-invalid"));
      expect(pool.calls).toEqual(["InitiateAuth"]);
      await signIn(first);
    });
  });

  describe("after a confirmation of the account", () => {
    const confirmation = () => ({
      email: credentials.email,
      code: "123456",
      password: "a password of the owner",
    });

    it("is over, as everything from before: the password is set first, so that nothing new begins with the old one", async () => {
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

    it("is over also when the trigger failed: the account is confirmed by then", async () => {
      pool.refuseNext("ConfirmSignUp", "UserLambdaValidationException");
      await accounts.confirm(context, confirmation());
      expect(await stored()).toBeUndefined();
    });
  });

  describe("after a reset of the password", () => {
    const reset = () => ({ email: credentials.email, code: "123456", newPassword: "a new and longer one" });

    it("ends, and so do the refresh tokens of other clients", async () => {
      expect(await passwords.confirmReset(context, reset())).toMatchObject({ revoked: true });
      expect(pool.calls).toEqual(["ConfirmForgotPassword", "AdminGetUser", "AdminUserGlobalSignOut"]);
      expect(await stored()).toBeUndefined();
      expect(pool.acceptsAny()).toBe(false);
    });

    it.each(["CodeMismatchException", "ExpiredCodeException", "UserNotFoundException", "LimitExceededException"])(
      "stays when the code was refused (%s)",
      async (error) => {
        pool.refuseNext("ConfirmForgotPassword", error);
        pool.refuseNext("ConfirmSignUp", "NotAuthorizedException");
        await expect(passwords.confirmReset(context, reset())).rejects.toThrow(problem("confirmation-code-invalid"));
        expect(pool.calls).toEqual(["ConfirmForgotPassword", "ConfirmSignUp"]);
        expect(await stored()).toBeDefined();
      },
    );

    it("confirms an account that waits for it instead, with the same code", async () => {
      pool.refuseNext("ConfirmForgotPassword", "InvalidParameterException");
      await passwords.confirmReset(context, reset());
      expect(pool.calls.slice(0, 3)).toEqual(["ConfirmForgotPassword", "ConfirmSignUp", "AdminSetUserPassword"]);
      expect(await stored()).toBeUndefined();
    });

    it("tells what could not be ended; the reset itself has succeeded", async () => {
      pool.refuseNext("ConfirmForgotPassword", "UserLambdaValidationException");
      pool.refuseNext("AdminUserGlobalSignOut", "UnknownError", 400);
      expect(await passwords.confirmReset(context, reset())).toMatchObject({
        revoked: false,
        failure: { name: "UnknownError" },
      });
    });
  });

  describe("after a change of the password", () => {
    const input = { currentPassword: "correct horse battery", newPassword: "a new and longer one" };
    const change = (own?: string) =>
      passwords.change({ userId: userIdOf(pool.sub) }, input, {
        ...context,
        cookie: own,
      });

    it("stays when it is the one that asked, and ends otherwise", async () => {
      const other = await sessions.create(credentials, context);
      await change(cookie);
      await sessions.refresh(cookie, context);
      await expect(sessions.refresh(other.cookie, context)).rejects.toThrow(problem("session-missing"));
      await change(encodeSessionToken(newSessionToken(userIdOf(randomUUID()), newSessionId(clock))));
      await expect(sessions.refresh(cookie, context)).rejects.toThrow(problem("session-missing"));
    });

    it.each([
      ["InitiateAuth", "NotAuthorizedException", "Incorrect username or password.", "password-incorrect"],
      ["InitiateAuth", "NotAuthorizedException", "Password attempts exceeded", "too-many-requests"],
      ["AdminSetUserPassword", "InvalidPasswordException", "Password not long enough", "password-too-weak"],
      ["AdminGetUser", "UserNotFoundException", "User does not exist.", "user-not-found"],
    ])("stays when it was refused: %s, %s, %s", async (operation, error, message, code) => {
      pool.refuseNext(operation, error, 400, message);
      await expect(change()).rejects.toMatchObject({ code });
      expect(await stored()).toBeDefined();
    });
  });
});
