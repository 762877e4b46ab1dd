import * as z from "zod";
import type { Clock } from "../../clock.ts";
import type { Page, PageQuery } from "../../contract/page.ts";
import { cursorOf } from "../../db/cursor.ts";
import { entity, type RecordOf } from "../../db/entity.ts";
import { sessionKey, sessionPrefix, userPartition } from "../../db/keys.ts";
import { inParallel } from "../../db/parallel.ts";
import { queryAll, queryPage } from "../../db/query.ts";
import { rateLimitExceeded, rateLimitWrite } from "../../db/rate-limit.ts";
import { isNew } from "../../db/version.ts";
import { ConditionFailed, transact, write, writeIf } from "../../db/write.ts";
import { SessionId, UserId } from "../../ids.ts";
import { sessionRate } from "../account.limits.ts";
import type { Rotation } from "./session.rotation.ts";
import { hashOf, type SessionToken } from "./session.token.ts";

const sessions = entity({
  name: "session",
  schema: z.object({
    userId: UserId,
    id: SessionId,
    secretHash: z.string(),
    sealedRefreshToken: z.string(),
    userAgent: z.string(),
    lastUsedAt: z.iso.datetime(),
    // Sessions that were created before cookies rotated have none.
    rotation: z
      .object({ current: z.string(), previous: z.string().optional(), at: z.iso.datetime().optional() })
      .default({ current: "" }),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["userId", "id"],
  keyOf: ({ userId, id }) => sessionKey(userId, id),
});

/** A session as it is stored. It contains the hash of the secret, not the secret. */
export type SessionRecord = Omit<RecordOf<typeof sessions>, "userId" | "id">;

/** A session in the list of its user. */
export type ListedSession = RecordOf<typeof sessions>;

const keyOf = ({ userId, sessionId }: SessionToken) => ({ userId, id: sessionId });

/** Stores a new session and counts it against the user's rate limit. @throws too-many-requests */
export async function create(
  token: SessionToken,
  session: Omit<SessionRecord, "secretHash" | "rotation">,
  clock: Clock,
): Promise<void> {
  const { rotation: current } = token;
  const put = sessions.put({ ...session, ...keyOf(token), secretHash: hashOf(token), rotation: { current } }, isNew);
  try {
    await transact([put, rateLimitWrite(token.userId, "session", sessionRate, clock)]);
  } catch (error) {
    throw error instanceof ConditionFailed ? rateLimitExceeded(sessionRate, clock, { cause: error }) : error;
  }
}

/**
 * Returns the session by its id. One consistent round trip. The caller must compare the secret with `secretHash`: a
 * forged cookie with a real session id and a wrong secret finds the item, too.
 */
export const find = (token: SessionToken): Promise<SessionRecord | undefined> => sessions.get(keyOf(token));

/**
 * Replaces the refresh token and the rotation of one version of a session. Returns false when the session was changed
 * or deleted. If two tabs both read version 3, the first writes version 4, and the second gets false.
 */
export async function rotate(
  token: SessionToken,
  { version }: SessionRecord,
  {
    now,
    ...refreshed
  }: {
    readonly sealedRefreshToken: string;
    readonly rotation: Rotation;
    /** Epoch seconds. */
    readonly expiresAt: number;
    readonly now: string;
  },
): Promise<boolean> {
  const changes = { ...refreshed, lastUsedAt: now, updatedAt: now, version: version + 1 };
  return writeIf(sessions.update(keyOf(token), changes, { version }));
}

/**
 * Removes one version of a session. Returns false when the session was changed or deleted. A call for version 3 does
 * not remove version 4.
 */
export const removeVersion = (token: SessionToken, { version }: SessionRecord): Promise<boolean> =>
  writeIf(sessions.delete(keyOf(token), { version }));

/** Removes and returns the session with this id and secret. Returns undefined if there is none. */
export async function remove(token: SessionToken): Promise<SessionRecord | undefined> {
  try {
    const removed = await write(sessions.delete(keyOf(token), { secretHash: hashOf(token) }), "ALL_OLD");
    return removed && sessions.read(removed);
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    throw error;
  }
}

/** Removes a session of a user by its id. Returns whether it existed. */
export const removeById = (userId: UserId, id: SessionId): Promise<boolean> =>
  writeIf(sessions.delete({ userId, id }, { version: { exists: true } }));

const ofUser = (userId: UserId) => ({ partition: userPartition(userId), sortKey: { beginsWith: sessionPrefix } });

/** Returns a page of a user's sessions, newest first, including expired ones. One consistent round trip. */
export const list = (userId: UserId, page: PageQuery): Promise<Page<ListedSession>> =>
  queryPage(
    sessions,
    { ...ofUser(userId), reverse: true },
    {
      cursors: cursorOf(`${userId}/sessions`, SessionId),
      of: ({ id }) => id,
      keyAt: (id) => sessionKey(userId, id),
    },
    page,
  );

const removalsAtOnce = 8;

/**
 * Removes all sessions of a user, except `except` if given. Example: with sessions `ses_1`, `ses_2` and `ses_3`, and
 * `except` `ses_2`, only `ses_2` is left.
 */
export async function removeAll(userId: UserId, except?: SessionId): Promise<void> {
  const others = (await queryAll(sessions, ofUser(userId))).filter(({ id }) => id !== except);
  await inParallel(others, removalsAtOnce, (session) => write(sessions.delete(session)));
}
