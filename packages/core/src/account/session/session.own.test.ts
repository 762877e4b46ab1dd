import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../db/table.ts";
import { startTestTable, type TestTable } from "../../db/test-table.ts";
import { newSessionId } from "../../ids.ts";
import { newContext } from "../../test-context.ts";
import { problem } from "../../test-problem.ts";
import * as ownSessions from "./session.own.service.ts";
import * as repository from "./session.repository.ts";
import { encodeSessionToken, newSessionToken, type SessionToken } from "./session.token.ts";

const clock = { now: () => new Date("2026-11-30T10:00:00.000Z") };

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

/** Creates a session that was used for the last time at a time. */
async function used(lastUsedAt: string, { actor: { userId } } = newContext({ clock })): Promise<SessionToken> {
  const token = newSessionToken(userId, newSessionId({ now: () => new Date(lastUsedAt) }));
  const stamp = { createdAt: lastUsedAt, updatedAt: lastUsedAt, version: 1, lastUsedAt };
  await repository.create(
    token,
    { ...stamp, sealedRefreshToken: "sealed", userAgent: "Firefox/140.0", expiresAt: 1 },
    clock,
  );
  return token;
}

describe("the sessions of a user", () => {
  it("are listed newest first, in pages, with the current one marked and without ended ones", async () => {
    const ctx = newContext({ clock });
    await used("2026-11-16T10:00:00.000Z", ctx);
    const older = await used("2026-11-28T10:00:00.000Z", ctx);
    const newer = await used("2026-11-30T09:00:00.000Z", ctx);
    await used("2026-11-30T09:30:00.000Z");
    const cookie = encodeSessionToken(older);
    const first = await ownSessions.list(ctx, cookie, { limit: 1 });
    const second = await ownSessions.list(ctx, cookie, { limit: 2, cursor: first.next });
    expect([...first.items, ...second.items]).toEqual([
      {
        id: newer.sessionId,
        userAgent: "Firefox/140.0",
        createdAt: "2026-11-30T09:00:00.000Z",
        lastUsedAt: "2026-11-30T09:00:00.000Z",
        endsAt: "2026-12-14T09:00:00.000Z",
        isCurrent: false,
      },
      expect.objectContaining({ id: older.sessionId, isCurrent: true }),
    ]);
    expect(second.next).toBeUndefined();
  });

  it("can be ended one by one, but not by another user", async () => {
    const ctx = newContext({ clock });
    const token = await used("2026-11-30T09:00:00.000Z", ctx);
    const stranger = newContext({ clock });
    await expect(ownSessions.end(stranger, undefined, token.sessionId)).rejects.toThrow(problem("session-not-found"));
    expect(await ownSessions.end(ctx, encodeSessionToken(token), token.sessionId)).toBe(true);
    await expect(ownSessions.end(ctx, undefined, token.sessionId)).rejects.toThrow(problem("session-not-found"));
  });
});
