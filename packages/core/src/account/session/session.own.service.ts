import type { UserContext } from "../../call-context.ts";
import type { Page, PageQuery } from "../../contract/page.ts";
import type { SessionId, UserId } from "../../ids.ts";
import { Problem } from "../../problem.ts";
import { endOf } from "./session.lifetime.ts";
import * as repository from "./session.repository.ts";
import { decodeSessionToken } from "./session.token.ts";

/** A session of the list. `endsAt` is when it ends unless it is used before. */
export interface ActiveSessionRecord {
  readonly id: SessionId;
  readonly userAgent: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly endsAt: string;
  readonly isCurrent: boolean;
}

/**
 * Returns a page of the actor's sessions, newest first. One consistent round trip.
 *
 * @param cookie the session cookie of the request, which marks the current session
 * @throws validation-failed for a cursor of another collection
 */
export async function list(
  { actor, clock }: UserContext,
  cookie: string | undefined,
  query: PageQuery,
): Promise<Page<ActiveSessionRecord>> {
  const current = idOf(cookie, actor.userId);
  const { items, next } = await repository.list(actor.userId, query);
  const now = clock.now().getTime();
  const active = items.map(({ id, userAgent, createdAt, lastUsedAt }) => {
    const endsAt = new Date(endOf({ createdAt, lastUsedAt }) * 1000).toISOString();
    return { id, userAgent, createdAt, lastUsedAt, endsAt, isCurrent: id === current };
  });
  // DynamoDB deletes expired items within days, not immediately.
  return { items: active.filter(({ endsAt }) => Date.parse(endsAt) > now), next };
}

/**
 * Ends a session of the actor. The session cannot be renewed after that, because its item held the only copy of the
 * refresh token.
 *
 * @returns whether it was the session of the cookie
 * @throws session-not-found
 */
export async function end({ actor }: UserContext, cookie: string | undefined, id: SessionId): Promise<boolean> {
  if (!(await repository.removeById(actor.userId, id))) throw new Problem("session-not-found");
  return id === idOf(cookie, actor.userId);
}

/** Returns the session id of a cookie of this user. */
export function idOf(cookie: string | undefined, userId: UserId): SessionId | undefined {
  const token = cookie === undefined ? undefined : decodeSessionToken(cookie);
  return token?.userId === userId ? token.sessionId : undefined;
}
