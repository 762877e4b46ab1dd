import * as attempts from "../../attempt/attempt.service.ts";
import type { CallContext } from "../../call-context.ts";
import { firstVersion } from "../../db/entity.ts";
import { newSessionId, type UserId } from "../../ids.ts";
import { isProblem, Problem } from "../../problem.ts";
import type { IdentitySettings } from "../cognito/client.ts";
import * as own from "../cognito/own-account.ts";
import * as signIns from "../cognito/sign-in.ts";
import type { ProofContext } from "../proof.ts";
import { endOf } from "./session.lifetime.ts";
import type { SessionRecord } from "./session.repository.ts";
import * as repository from "./session.repository.ts";
import { type Rotation, rotate } from "./session.rotation.ts";
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

/** The value of the session cookie, and the seconds after which the browser deletes it. */
interface SessionCookie {
  readonly value: string;
  readonly seconds: number;
}

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
 * @throws credentials-invalid, account-unconfirmed
 * @throws too-many-requests after too many attempts, or when the user has signed in too often
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
): Promise<{ session: Session; cookie: SessionCookie; device: string; endings: readonly { failure?: unknown }[] }> {
  const { clock } = ctx;
  const attempt = await attempts.begin(ctx, "password", input.email);
  const { tokens, ...notified } = await attempts.unlessNoGuess(attempt, isNoGuess, () => signIn(ctx, input));
  const token = newSessionToken(tokens.userId, newSessionId(clock));
  const now = clock.now();
  const stamp = firstVersion(now.toISOString());
  const used = { createdAt: stamp.createdAt, lastUsedAt: stamp.createdAt };
  const stored = {
    sealedRefreshToken: seal(token, tokens.refreshToken),
    userAgent: input.userAgent.slice(0, 256),
    expiresAt: endOf(used),
    ...stamp,
    ...used,
  };
  const [device] = await Promise.all([
    attempt.succeedAndRemember("password"),
    orRevoke(ctx, tokens, repository.create(token, stored, clock)),
  ]);
  const previous = await remove(ctx, input.previous);
  const cookie = cookieOf(token, token.rotation, used, now);
  return { session: toSession(tokens, now), cookie, device, endings: [previous, notified] };
}

/** Revokes the refresh token of a session that was refused. @throws too-many-requests */
async function orRevoke({ identity }: SessionContext, { refreshToken }: signIns.Tokens, storing: Promise<void>) {
  try {
    await storing;
  } catch (error) {
    if (isProblem(error, "too-many-requests")) await signIns.revoke(identity, refreshToken);
    throw error;
  }
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
 * Returns a new access token and a new cookie for a session cookie. Concurrent refreshes of several tabs all succeed:
 * the user pool accepts the old refresh token for another minute, so does `rotate` the old cookie, and the first write
 * decides which new refresh token and which new cookie are stored.
 *
 * Example: tabs A and B read version 1 with refresh token R0. The pool gives R1 to A and R2 to B. A stores R1 as
 * version 2. B's conditional write on version 1 fails. The session still exists, so B returns its access token with A's
 * cookie and drops R2.
 *
 * @throws session-missing when the session does not exist or has ended, or when the cookie is a copy that was replaced:
 * this ends the session, because either the user or a thief has the replaced cookie
 */
export async function refresh(
  { identity, clock }: SessionContext,
  cookie: string | undefined,
): Promise<{ session: Session; cookie: SessionCookie }> {
  const token = cookie === undefined ? undefined : decodeSessionToken(cookie);
  if (!token) throw new Problem("session-missing");
  const now = clock.now();
  const { session, rotation, tokens } = await exchange(token, await usable(token, identity, now), identity, now);
  const sealedRefreshToken = seal(token, tokens.refreshToken);
  const used = { createdAt: session.createdAt, lastUsedAt: now.toISOString() };
  const refreshed = { sealedRefreshToken, rotation, expiresAt: endOf(used), now: used.lastUsedAt };
  const kept = await repository.rotate(token, session, refreshed);
  // Another request changed the session first. If another tab refreshed it, its refresh token is as good as this one.
  // If the session was deleted by a sign-out, this refresh token must be revoked.
  const latest = kept ? refreshed : await repository.find(token);
  if (!latest) {
    await signIns.revoke(identity, tokens.refreshToken);
    throw new Problem("session-missing");
  }
  return { session: toSession(tokens, now), cookie: cookieOf(token, latest.rotation.current, used, now) };
}

/** A session and its rotation after this refresh. */
interface Usable {
  readonly session: SessionRecord;
  readonly rotation: Rotation;
}

/**
 * Returns the session of the token for a refresh. If the cookie is a copy that was replaced, ends the session.
 *
 * @throws session-missing
 */
async function usable(token: SessionToken, identity: IdentitySettings, now: Date): Promise<Usable> {
  const session = await current(token, now);
  const rotation = rotate(session.rotation, token.rotation, now);
  if (rotation !== "reused") return { session, rotation };
  await repository.remove(token);
  await signIns.revoke(identity, unseal(token, session.sealedRefreshToken));
  throw new Problem("session-missing", { detail: "A copy of this session was used, so it has ended. Sign in again." });
}

const cookieOf = (
  token: SessionToken,
  rotation: string,
  used: Parameters<typeof endOf>[0],
  now: Date,
): SessionCookie => ({
  value: encodeSessionToken({ ...token, rotation }),
  seconds: endOf(used) - Math.floor(now.getTime() / 1000),
});

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
  if (!session || endOf(session) * 1000 <= now.getTime() || !matches(token, session.secretHash)) {
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
  { session, rotation }: Usable,
  identity: IdentitySettings,
  now: Date,
): Promise<Usable & { readonly tokens: signIns.Tokens }> {
  try {
    const tokens = await signIns.refresh(identity, unseal(token, session.sealedRefreshToken));
    return { session, rotation, tokens };
  } catch (error) {
    if (!(error instanceof signIns.RefreshTokenInvalidError)) throw error;
    if (await repository.removeVersion(token, session)) throw new Problem("session-missing", { cause: error });
    return exchange(token, await usable(token, identity, now), identity, now);
  }
}

const toSession = ({ accessToken, expiresIn }: signIns.Tokens, now: Date): Session => ({
  accessToken,
  tokenType: "Bearer",
  expiresAt: new Date(now.getTime() + expiresIn * 1000).toISOString(),
});
