import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { SessionMissingError } from "../errors.ts";
import { newSessionId, userIdOf } from "../ids.ts";
import { AccountUnconfirmedError, ConfirmationCodeInvalidError, CredentialsInvalidError } from "./account.errors.ts";
import * as accounts from "./account.service.ts";
import * as passwords from "./password.service.ts";
import type { ProofContext } from "./proof.ts";
import * as secondFactor from "./second-factor.service.ts";
import * as sessions from "./session.service.ts";
import {
  decodeSessionToken,
  encodeSessionToken,
  hashOf,
  matches,
  newSessionToken,
  seal,
  unseal,
} from "./session.token.ts";
import { strangerAt } from "./test-context.ts";
import { startTestUserPool, type TestUserPool } from "./test-user-pool.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
/** The address is another one in each test. */
const credentials = { email: "ada@example.com", password: "correct horse battery", userAgent: "Firefox" };

describe("a session token", () => {
  const token = newSessionToken(userIdOf(randomUUID()), newSessionId(clock));
  const other = newSessionToken(token.userId, token.sessionId);

  it("survives the way through a cookie", () => {
    const cookie = encodeSessionToken(token);
    expect(cookie).toMatch(/^[\w-]+$/);
    expect(decodeSessionToken(cookie)).toEqual(token);
  });

  it.each(["", "nonsense", "💥", encodeSessionToken(token).slice(1), `${encodeSessionToken(token)}AAAA`])(
    "is not read from %j",
    (cookie) => expect(decodeSessionToken(cookie)).toBeUndefined(),
  );

  it("is recognised by its secret alone", () => {
    expect(matches(token, hashOf(token))).toBe(true);
    expect(matches(other, hashOf(token))).toBe(false);
    expect(matches(token, "")).toBe(false);
  });

  it("opens what it sealed, and nothing else does", () => {
    const sealed = seal(token, "refresh-token");
    expect(unseal(token, sealed)).toBe("refresh-token");
    expect(seal(token, "refresh-token")).not.toBe(sealed);
    expect(() => unseal(other, sealed)).toThrow();
    expect(() => unseal({ ...token, userId: userIdOf(randomUUID()) }, sealed)).toThrow();
    expect(() => unseal(token, `${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`)).toThrow();
  });
});

describe("a session", () => {
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
  const keptRefreshToken = async () => {
    const token = decodeSessionToken(cookie);
    return token && unseal(token, String((await stored())?.sealedRefreshToken));
  };

  it("is stored without anything that could be used", async () => {
    const item = await stored();
    expect(item).toMatchObject({
      sk: expect.stringMatching(/^SESSION#ses_/),
      entity: "session",
      schemaVersion: 1,
      version: 1,
      userAgent: "Firefox",
      createdAt: "2026-11-21T10:00:00.000Z",
      expiresAt: Date.parse("2026-12-21T10:00:00.000Z") / 1000,
    });
    const secret = decodeSessionToken(cookie)?.secret.toString("base64url") ?? "";
    expect(JSON.stringify(item)).not.toContain(secret);
    expect(JSON.stringify(item)).not.toContain(await keptRefreshToken());
  });

  it("refuses wrong credentials, and says when an account waits for its code", async () => {
    for (const error of ["NotAuthorizedException", "UserNotFoundException", "InvalidParameterException"]) {
      pool.refuseNext("InitiateAuth", error);
      await expect(sessions.create(credentials, context)).rejects.toThrow(CredentialsInvalidError);
      await sessions.create(credentials, context);
    }
    pool.refuseNext("InitiateAuth", "UserNotConfirmedException");
    await expect(sessions.create(credentials, context)).rejects.toThrow(AccountUnconfirmedError);
  });

  it("gives access tokens, and replaces its refresh token each time", async () => {
    const first = await keptRefreshToken();
    const session = await sessions.refresh(cookie, context);
    expect(session).toMatchObject({ tokenType: "Bearer", expiresAt: "2026-11-21T10:15:00.000Z" });
    expect(await keptRefreshToken()).not.toBe(first);
    pool.endGrace();
    await sessions.refresh(cookie, context);
    expect(await stored()).toMatchObject({ version: 3 });
  });

  it("serves many tabs at once, and stays usable after the grace period", async () => {
    const tabs = await Promise.all(Array.from({ length: 8 }, () => sessions.refresh(cookie, context)));
    expect(new Set(tabs.map(({ accessToken }) => accessToken)).size).toBe(8);
    pool.endGrace();
    await expect(sessions.refresh(cookie, context)).resolves.toBeDefined();
  });

  it("takes the successor when another tab replaced the token longer ago than the grace period", async () => {
    const hold = pool.holdNext("GetTokensFromRefreshToken", "before");
    const slow = sessions.refresh(cookie, context);
    await hold.arrived;
    await sessions.refresh(cookie, context);
    pool.endGrace();
    hold.release();
    await expect(slow).resolves.toMatchObject({ tokenType: "Bearer" });
    expect(await stored()).toMatchObject({ version: 3 });
  });

  it("ends when the user pool does not accept its refresh token", async () => {
    pool.revokeAll();
    await expect(sessions.refresh(cookie, context)).rejects.toThrow(SessionMissingError);
    expect(await stored()).toBeUndefined();
  });

  it("stays when the user pool is busy", async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      pool.refuseNext("GetTokensFromRefreshToken", "InternalErrorException", 500);
    }
    await expect(sessions.refresh(cookie, context)).rejects.toMatchObject({ code: "temporarily-unavailable" });
    await expect(sessions.refresh(cookie, context)).resolves.toBeDefined();
  });

  it("is nobody's without its secret", async () => {
    const token = decodeSessionToken(cookie);
    const forged = token && encodeSessionToken(newSessionToken(token.userId, token.sessionId));
    await expect(sessions.refresh(forged, context)).rejects.toThrow(SessionMissingError);
    expect(await sessions.remove(forged, context)).toEqual({ revoked: false });
    expect(await stored()).toBeDefined();
    expect(pool.calls).toEqual([]);
  });

  it("is over after thirty days, before DynamoDB has removed it", async () => {
    const later = { ...context, clock: { now: () => new Date("2026-12-21T10:00:00.000Z") } };
    await expect(sessions.refresh(cookie, later)).rejects.toThrow(SessionMissingError);
  });

  it("ends at sign-out, together with its refresh token, as often as one signs out", async () => {
    const refreshToken = (await keptRefreshToken()) ?? "";
    expect(await sessions.remove(cookie, context)).toEqual({ revoked: true });
    expect(pool.accepts(refreshToken)).toBe(false);
    expect(await stored()).toBeUndefined();
    expect(await sessions.remove(cookie, context)).toEqual({ revoked: false });
    await expect(sessions.refresh(cookie, context)).rejects.toThrow(SessionMissingError);
  });

  it.each(["before", "after"] as const)(
    "does not come back when one tab signs out while another refreshes (%s the exchange)",
    async (when) => {
      const hold = pool.holdNext("GetTokensFromRefreshToken", when);
      const refreshing = sessions.refresh(cookie, context);
      await hold.arrived;
      await sessions.remove(cookie, context);
      hold.release();
      await expect(refreshing).rejects.toThrow(SessionMissingError);
      expect(await stored()).toBeUndefined();
      expect(pool.acceptsAny()).toBe(false);
    },
  );

  it("is signed out also when the user pool cannot be reached, which is told", async () => {
    pool.refuseNext("RevokeToken", "UnknownError", 400);
    const failure = expect.objectContaining({ name: "UnknownError" });
    expect(await sessions.remove(cookie, context)).toEqual({ revoked: false, failure });
    expect(await stored()).toBeUndefined();
  });

  it("ends when the same browser signs in again", async () => {
    const again = await sessions.create({ ...credentials, previous: cookie }, context);
    expect(again.endings).toEqual([{ revoked: true }, {}]);
    await expect(sessions.refresh(cookie, context)).rejects.toThrow(SessionMissingError);
    await sessions.refresh(again.cookie, context);
  });

  it("ends everywhere, when the one who asks has a session that is good", async () => {
    const other = await sessions.create(credentials, context);
    await sessions.removeAll(cookie, context);
    expect(await stored()).toBeUndefined();
    expect(pool.acceptsAny()).toBe(false);
    for (const ended of [cookie, other.cookie, undefined])
      await expect(sessions.removeAll(ended, context)).rejects.toThrow(SessionMissingError);
  });

  it("stays, with all others, when the user pool cannot end them", async () => {
    pool.refuseNext("AdminUserGlobalSignOut", "UnknownError", 400);
    await expect(sessions.removeAll(cookie, context)).rejects.toMatchObject({ name: "UnknownError" });
    pool.endGrace();
    await sessions.refresh(cookie, context);
  });

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
      await expect(sessions.refresh(cookie, context)).rejects.toThrow(SessionMissingError);
      await sessions.refresh(recovered.cookie, context);
      const notices = (await table.items()).filter(({ email }) => email === credentials.email);
      expect(notices.map(({ kind }) => kind)).toEqual(["recovery-code-used"]);
    });

    it("is refused with a recovery code and a wrong password", async () => {
      const [first = ""] = await codes();
      pool.refuseNext("InitiateAuth", "NotAuthorizedException");
      await expect(signIn(first)).rejects.toThrow(CredentialsInvalidError);
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
        await expect(passwords.confirmReset(context, reset())).rejects.toThrow(ConfirmationCodeInvalidError);
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
      await expect(sessions.refresh(other.cookie, context)).rejects.toThrow(SessionMissingError);
      await change(encodeSessionToken(newSessionToken(userIdOf(randomUUID()), newSessionId(clock))));
      await expect(sessions.refresh(cookie, context)).rejects.toThrow(SessionMissingError);
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
