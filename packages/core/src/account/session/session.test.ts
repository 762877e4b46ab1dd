import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../db/table.ts";
import { startTestTable, type TestTable } from "../../db/test-table.ts";
import { write } from "../../db/write.ts";
import { problem } from "../../test-problem.ts";

import { sessionRate } from "../account.limits.ts";
import type { ProofContext } from "../proof.ts";
import { strangerAt } from "../test-context.ts";
import { startTestUserPool, type TestUserPool } from "../test-user-pool.ts";
import * as sessions from "./session.service.ts";
import { decodeSessionToken, encodeSessionToken, newSessionToken, unseal } from "./session.token.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
/** Each test uses a different address. */
const credentials = { email: "ada@example.com", password: "correct horse battery", userAgent: "Firefox" };

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
    cookie = (await sessions.create(context, credentials)).cookie.value;
    pool.calls.length = 0;
    return () => pool.close();
  });

  const stored = async () => (await table.items()).find(({ pk }) => pk === `USER#usr_${pool.sub}`);
  const keptRefreshToken = async () => {
    const token = decodeSessionToken(cookie);
    return token && unseal(token, String((await stored())?.sealedRefreshToken));
  };

  it("is stored without its secret and with an encrypted refresh token", async () => {
    const item = await stored();
    expect(item).toMatchObject({
      sk: expect.stringMatching(/^SESSION#ses_/),
      entity: "session",
      schemaVersion: 1,
      version: 1,
      userAgent: "Firefox",
      createdAt: "2026-11-21T10:00:00.000Z",
      expiresAt: Date.parse("2026-12-05T10:00:00.000Z") / 1000,
    });
    const secret = decodeSessionToken(cookie)?.secret.toString("base64url") ?? "";
    expect(JSON.stringify(item)).not.toContain(secret);
    expect(JSON.stringify(item)).not.toContain(await keptRefreshToken());
  });

  it("is refused with credentials-invalid, or account-unconfirmed for an unconfirmed account", async () => {
    for (const error of ["NotAuthorizedException", "UserNotFoundException", "InvalidParameterException"]) {
      pool.refuseNext("InitiateAuth", error);
      await expect(sessions.create(context, credentials)).rejects.toThrow(problem("credentials-invalid"));
      await sessions.create(context, credentials);
    }
    pool.refuseNext("InitiateAuth", "UserNotConfirmedException");
    await expect(sessions.create(context, credentials)).rejects.toThrow(problem("account-unconfirmed"));
  });

  it("returns an access token and rotates the refresh token with each refresh", async () => {
    const first = await keptRefreshToken();
    const { session } = await sessions.refresh(context, cookie);
    expect(session).toMatchObject({ tokenType: "Bearer", expiresAt: "2026-11-21T10:15:00.000Z" });
    expect(await keptRefreshToken()).not.toBe(first);
    pool.endGrace();
    await sessions.refresh(context, cookie);
    expect(await stored()).toMatchObject({ version: 3 });
  });

  it("serves concurrent refreshes of many tabs and remains usable after the grace period", async () => {
    const tabs = await Promise.all(Array.from({ length: 8 }, () => sessions.refresh(context, cookie)));
    expect(new Set(tabs.map(({ session }) => session.accessToken)).size).toBe(8);
    expect(new Set(tabs.map(({ cookie: { value } }) => value)).size).toBe(1);
    pool.endGrace();
    await expect(sessions.refresh(context, cookie)).resolves.toBeDefined();
  });

  it("uses the new refresh token when another tab has rotated it and the grace period is over", async () => {
    const hold = pool.holdNext("GetTokensFromRefreshToken", "before");
    const slow = sessions.refresh(context, cookie);
    await hold.arrived;
    await sessions.refresh(context, cookie);
    pool.endGrace();
    hold.release();
    await expect(slow).resolves.toMatchObject({ session: { tokenType: "Bearer" } });
    expect(await stored()).toMatchObject({ version: 3 });
  });

  it("ends when the user pool rejects its refresh token", async () => {
    pool.revokeAll();
    await expect(sessions.refresh(context, cookie)).rejects.toThrow(problem("session-missing"));
    expect(await stored()).toBeUndefined();
  });

  it("continues after a temporary error of the user pool", async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      pool.refuseNext("GetTokensFromRefreshToken", "InternalErrorException", 500);
    }
    await expect(sessions.refresh(context, cookie)).rejects.toMatchObject({ code: "temporarily-unavailable" });
    await expect(sessions.refresh(context, cookie)).resolves.toBeDefined();
  });

  it("cannot be used or ended without its secret", async () => {
    const token = decodeSessionToken(cookie);
    const forged = token && encodeSessionToken(newSessionToken(token.userId, token.sessionId));
    await expect(sessions.refresh(context, forged)).rejects.toThrow(problem("session-missing"));
    expect(await sessions.remove(context, forged)).toEqual({ revoked: false });
    expect(await stored()).toBeDefined();
    expect(pool.calls).toEqual([]);
  });

  const refreshAt = (time: string, value: string) =>
    sessions.refresh({ ...context, clock: { now: () => new Date(time) } }, value);

  it("ends after 14 days without a refresh, even if DynamoDB has not deleted it yet", async () => {
    const refreshed = await refreshAt("2026-12-05T09:59:00.000Z", cookie);
    await expect(refreshAt("2026-12-19T09:59:00.000Z", refreshed.cookie.value)).rejects.toThrow(
      problem("session-missing"),
    );
  });

  it("ends 30 days after the sign-in, and its cookie with it", async () => {
    const first = await refreshAt("2026-12-05T09:59:00.000Z", cookie);
    expect(first.cookie.seconds).toBe(14 * 24 * 60 * 60);
    const second = await refreshAt("2026-12-19T09:58:00.000Z", first.cookie.value);
    expect(second.cookie.seconds).toBe((2 * 24 * 60 + 2) * 60);
    expect(await stored()).toMatchObject({ expiresAt: Date.parse("2026-12-21T10:00:00.000Z") / 1000 });
    await expect(refreshAt("2026-12-21T10:00:00.000Z", second.cookie.value)).rejects.toThrow(
      problem("session-missing"),
    );
  });

  describe("with a cookie that rotates", () => {
    const at = (minute: number) => `2026-11-21T10:${String(minute).padStart(2, "0")}:00.000Z`;
    const valueAt = async (minute: number, value: string) => (await refreshAt(at(minute), value)).cookie.value;

    it("replaces the cookie, and accepts the previous one for a minute", async () => {
      const first = await valueAt(0, cookie);
      expect(first).not.toBe(cookie);
      expect(await valueAt(0, cookie)).toBe(first);
      expect(await valueAt(14, first)).not.toBe(first);
    });

    it("continues if the response with the new cookie was lost", async () => {
      await valueAt(0, cookie);
      const again = await valueAt(20, cookie);
      expect(await valueAt(40, again)).not.toBe(again);
    });

    it("ends, with its refresh token, when a copy of an older cookie is used", async () => {
      const first = await valueAt(0, cookie);
      const second = await valueAt(14, first);
      const refreshToken = (await keptRefreshToken()) ?? "";
      await expect(valueAt(28, cookie)).rejects.toThrow(problem("session-missing"));
      expect(await stored()).toBeUndefined();
      expect(pool.accepts(refreshToken)).toBe(false);
      await expect(valueAt(29, second)).rejects.toThrow(problem("session-missing"));
    });

    it("ends when both a thief and the user continue with the same cookie", async () => {
      const ofThief = await valueAt(0, cookie);
      const ofUser = await valueAt(14, cookie);
      await expect(valueAt(15, ofThief)).rejects.toThrow(problem("session-missing"));
      await expect(valueAt(28, ofUser)).rejects.toThrow(problem("session-missing"));
    });

    it("accepts the cookie of a session that was created before cookies rotated", async () => {
      const token = decodeSessionToken(cookie);
      const former = token && encodeSessionToken({ ...token, rotation: "" });
      const { rotation: _, ...item } = (await stored()) ?? {};
      await write({ Put: { TableName: table.name, Item: item } });
      const first = await valueAt(0, former ?? "");
      expect(first.length).toBeGreaterThan(former?.length ?? 0);
      await valueAt(14, first);
      await expect(valueAt(30, former ?? "")).rejects.toThrow(problem("session-missing"));
    });
  });

  it("ends at sign-out together with its refresh token, and signing out is idempotent", async () => {
    const refreshToken = (await keptRefreshToken()) ?? "";
    expect(await sessions.remove(context, cookie)).toEqual({ revoked: true });
    expect(pool.accepts(refreshToken)).toBe(false);
    expect(await stored()).toBeUndefined();
    expect(await sessions.remove(context, cookie)).toEqual({ revoked: false });
    await expect(sessions.refresh(context, cookie)).rejects.toThrow(problem("session-missing"));
  });

  it.each(["before", "after"] as const)(
    "is not restored when one tab signs out while another refreshes (%s the exchange)",
    async (when) => {
      const hold = pool.holdNext("GetTokensFromRefreshToken", when);
      const refreshing = sessions.refresh(context, cookie);
      await hold.arrived;
      await sessions.remove(context, cookie);
      hold.release();
      await expect(refreshing).rejects.toThrow(problem("session-missing"));
      expect(await stored()).toBeUndefined();
      expect(pool.acceptsAny()).toBe(false);
    },
  );

  it("ends when revoking the refresh token fails, and reports the failure", async () => {
    pool.refuseNext("RevokeToken", "UnknownError", 400);
    const failure = expect.objectContaining({ name: "UnknownError" });
    expect(await sessions.remove(context, cookie)).toEqual({ revoked: false, failure });
    expect(await stored()).toBeUndefined();
  });

  it("ends when the same browser signs in again", async () => {
    const again = await sessions.create(context, { ...credentials, previous: cookie });
    expect(again.endings).toEqual([{ revoked: true }, {}]);
    await expect(sessions.refresh(context, cookie)).rejects.toThrow(problem("session-missing"));
    await sessions.refresh(context, again.cookie.value);
  });

  it("is refused when the user has signed in too often, and its refresh token is revoked", async () => {
    for (let count = 1; count < sessionRate.times; count += 1) await sessions.create(context, credentials);
    pool.calls.length = 0;
    await expect(sessions.create(context, credentials)).rejects.toThrow(problem("too-many-requests"));
    expect(pool.calls).toEqual(["InitiateAuth", "RevokeToken"]);
    await expect(sessions.refresh(context, cookie)).resolves.toBeDefined();
    const nextHour = { ...context, clock: { now: () => new Date("2026-11-21T11:00:00.000Z") } };
    await expect(sessions.create(nextHour, credentials)).resolves.toBeDefined();
  });

  it("ends with all others at a global sign-out, which requires a valid session", async () => {
    const other = await sessions.create(context, credentials);
    await sessions.removeAll(context, cookie);
    expect(await stored()).toBeUndefined();
    expect(pool.acceptsAny()).toBe(false);
    for (const ended of [cookie, other.cookie.value, undefined])
      await expect(sessions.removeAll(context, ended)).rejects.toThrow(problem("session-missing"));
  });

  it("continues with all others when the global sign-out fails", async () => {
    pool.refuseNext("AdminUserGlobalSignOut", "UnknownError", 400);
    await expect(sessions.removeAll(context, cookie)).rejects.toMatchObject({ name: "UnknownError" });
    pool.endGrace();
    await sessions.refresh(context, cookie);
  });
});
