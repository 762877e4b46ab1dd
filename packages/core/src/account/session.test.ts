import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { AccountUnconfirmedError, CredentialsInvalidError, SessionMissingError } from "../errors.ts";
import { newSessionId, userIdOf } from "../ids.ts";
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
import { startTestUserPool, type TestUserPool } from "./test-user-pool.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
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
    expect(() => unseal(token, `A${sealed.slice(1)}`)).toThrow();
  });
});

describe("a session", () => {
  let table: TestTable;
  let pool: TestUserPool;
  let context: sessions.SessionContext;
  let cookie: string;

  beforeAll(async () => {
    table = await startTestTable();
    connect(() => table.name, table.config);
  });
  afterAll(() => table.close());
  beforeEach(async () => {
    pool = await startTestUserPool();
    context = { identity: pool.identity, clock };
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

  it("is signed out also when the user pool cannot be reached", async () => {
    pool.refuseNext("RevokeToken", "UnknownError", 400);
    expect(await sessions.remove(cookie, context)).toEqual({ revoked: false });
    expect(await stored()).toBeUndefined();
  });
});
