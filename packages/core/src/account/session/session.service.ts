import * as attempts from "../../attempt/attempt.service.ts";
import type { CallContext } from "../../call-context.ts";
import { firstVersion } from "../../db/entity.ts";
import { newSessionId, type UserId } from "../../ids.ts";
import { isProblem, Problem } from "../../problem.ts";
import type { IdentitySettings } from "../cognito/client.ts";
import * as own from "../cognito/own-account.ts";
import * as signIns from "../cognito/sign-in.ts";
import type { ProofContext } from "../proof.ts";
import type { SessionRecord } from "./session.repository.ts";
import * as repository from "./session.repository.ts";
import {
  decodeSessionToken,
  encodeSessionToken,
  matches,
  newSessionToken,
  type SessionToken,
  seal,
  unseal,
} from "./session.token.ts";
import type { Session } from "./session.ts";
import { signInByRecovery } from "./sign-in.recovery.ts";

/**
 * Lifetime of a session, equal to the lifetime of the user pool's refresh tokens. A rotation does not extend it: a
 * session created on November 21 at 10:00 ends on December 21 at 10:00, even if it was refreshed on December 20.
 */
export const sessionSeconds = 30 * 24 * 60 * 60;

/** A call that uses the user pool. */
export interface SessionContext extends CallContext {
  readonly identity: IdentitySettings;
}

/**
 * Result of ending a session. `failure` is the reason if the refresh token may still be valid. Its only copy was
 * deleted with the session, so it cannot be decrypted any more.
 */
export interface Ending {
  readonly revoked: boolean;
  readonly failure?: unknown;
}

/**
 * Signs in. Returns the session, the value of the session cookie and the secret of the device cookie, by which the
 * account recognizes this browser from now on. Ends the browser's previous session: if the request carries the cookie
 * of `ses_1`, `ses_2` replaces it.
 *
 * @throws credentials-invalid, account-unconfirmed, too-many-requests
 * @throws second-factor-required, second-factor-invalid, recovery-code-invalid when the password was correct
 */
export async function create(
  ctx: ProofContext,
  input: {
    readonly email: string;
    readonly password: string;
    readonly code?: string | undefined;
    readonly recoveryCode?: string | undefined;
    readonly userAgent: string;
    readonly previous?: string | undefined;
  },
): Promise<{ session: Session; cookie: string; device: string; endings: readonly { failure?: unknown }[] }> {
  const { clock } = ctx;
  const attempt = await attempts.begin(ctx, "password", input.email);
  const { tokens, ...notified } = await attempts.unlessNoGuess(attempt, isNoGuess, () => signIn(ctx, input));
  const token = newSessionToken(tokens.userId, newSessionId(clock));
  const now = clock.now();
  const writing = repository.create(token, {
    sealedRefreshToken: seal(token, tokens.refreshToken),
    userAgent: input.userAgent.slice(0, 256),
    lastUsedAt: now.toISOString(),
    expiresAt: Math.floor(now.getTime() / 1000) + sessionSeconds,
    ...firstVersion(now.toISOString()),
  });
  const [device] = await Promise.all([attempt.succeedAndRemember("password"), writing]);
  const previous = await remove(ctx, input.previous);
  return { session: toSession(tokens, now), cookie: encodeSessionToken(token), device, endings: [previous, notified] };
}

/** Refusals that follow a correct password. They are not counted as attempts to guess it. */
const isNoGuess = (error: unknown) =>
  isProblem(error, "second-factor-required") || isProblem(error, "account-unconfirmed");

const signIn = async (
  ctx: SessionContext,
  { recoveryCode, ...credentials }: signIns.Credentials & { readonly recoveryCode?: string | undefined },
): Promise<{ tokens: signIns.Tokens; failure?: unknown }> =>
  recoveryCode === undefined
    ? { tokens: await signIns.signIn(ctx.identity, credentials) }
    : signInByRecovery(ctx, { ...credentials, recoveryCode });

/**
 * Returns a new access token for a session cookie. Concurrent refreshes of several tabs all succeed: the user pool
 * accepts the old refresh token for another minute, and the first write decides which new refresh token is stored.
 *
 * Example: tabs A and B read version 1 with refresh token R0. The pool gives R1 to A and R2 to B. A stores R1 as
 * version 2. B's conditional write on version 1 fails. The session still exists, so B returns its access token and
 * drops R2.
 *
 * @throws session-missing when the session does not exist or has ended
 */
export async function refresh({ identity, clock }: SessionContext, cookie: string | undefined): Promise<Session> {
  const token = cookie === undefined ? undefined : decodeSessionToken(cookie);
  if (!token) throw new Problem("session-missing");
  const now = clock.now();
  const stored = await current(token, now);
  const [session, tokens] = await exchange(token, stored, identity, now);
  const sealedRefreshToken = seal(token, tokens.refreshToken);
  const kept = await repository.rotate(token, session, { sealedRefreshToken, now: now.toISOString() });
  // Another request changed the session first. If another tab refreshed it, its refresh token is as good as this one.
  // If the session was deleted by a sign-out, this refresh token must be revoked.
  if (!kept && !(await repository.find(token))) {
    await signIns.revoke(identity, tokens.refreshToken);
    throw new Problem("session-missing");
  }
  return toSession(tokens, now);
}

/** Signs out. Idempotent: without a session, it returns `{ revoked: false }`. */
export async function remove({ identity }: SessionContext, cookie: string | undefined): Promise<Ending> {
  const token = cookie === undefined ? undefined : decodeSessionToken(cookie);
  const session = token && (await repository.remove(token));
  if (!session) return { revoked: false };
  try {
    await signIns.revoke(identity, unseal(token, session.sealedRefreshToken));
    return { revoked: true };
  } catch (failure) {
    return { revoked: false, failure };
  }
}

/**
 * Signs out everywhere: ends all refresh tokens and all sessions of the user.
 *
 * @throws session-missing when the cookie's session has ended
 */
export async function removeAll({ identity, clock }: SessionContext, cookie: string | undefined): Promise<void> {
  const token = cookie === undefined ? undefined : decodeSessionToken(cookie);
  if (!token) throw new Problem("session-missing");
  await current(token, clock.now());
  await own.signOutEverywhere(identity, token);
  await repository.removeAll(token.userId);
}

/** Ends all sessions of a user whose password was reset. */
export async function removeAllOf(userId: UserId): Promise<void> {
  await repository.removeAll(userId);
}

/** Returns the session of the token. @throws session-missing if it does not exist, has expired or has another secret */
async function current(token: SessionToken, now: Date): Promise<SessionRecord> {
  const session = await repository.find(token);
  // DynamoDB deletes expired items within days, not immediately. A session that expired at 10:00 can still be read at
  // 10:01.
  if (!session || session.expiresAt * 1000 <= now.getTime() || !matches(token, session.secretHash)) {
    throw new Problem("session-missing");
  }
  return session;
}

/**
 * Exchanges the session's refresh token. If the user pool rejects it, another tab may have replaced it more than a
 * minute before. The session ends only if the rejected token is still the stored one.
 *
 * Example: tab B reads version 1 with R0 and stalls for two minutes. Tab A stores R1 as version 2. The pool rejects R0.
 * Removing version 1 fails, because version 2 is stored, so B tries again with R1. If version 1 were still stored, it
 * would be removed, and B would get session-missing.
 */
async function exchange(
  token: SessionToken,
  session: SessionRecord,
  identity: IdentitySettings,
  now: Date,
): Promise<[SessionRecord, signIns.Tokens]> {
  try {
    return [session, await signIns.refresh(identity, unseal(token, session.sealedRefreshToken))];
  } catch (error) {
    if (!(error instanceof signIns.RefreshTokenInvalidError)) throw error;
    if (await repository.removeVersion(token, session)) throw new Problem("session-missing", { cause: error });
    return exchange(token, await current(token, now), identity, now);
  }
}

const toSession = ({ accessToken, expiresIn }: signIns.Tokens, now: Date): Session => ({
  accessToken,
  tokenType: "Bearer",
  expiresAt: new Date(now.getTime() + expiresIn * 1000).toISOString(),
});
