import * as attempts from "../attempt/attempt.service.ts";
import type { Clock } from "../clock.ts";
import { newSessionId, type UserId } from "../ids.ts";
import { isProblem, Problem } from "../problem.ts";

import type { Session } from "./account.ts";
import type { IdentitySettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";
import * as signIns from "./cognito/sign-in.ts";
import type { ProofContext } from "./proof.ts";
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
import { signInByRecovery } from "./sign-in.recovery.ts";

/** As long as the user pool's refresh tokens: rotation does not lengthen them. */
export const sessionSeconds = 30 * 24 * 60 * 60;

/** What a session needs of the world outside. */
export interface SessionContext {
  readonly identity: IdentitySettings;
  readonly clock: Clock;
}

/** What happened to a session that was to end; `failure` says why its refresh token may live on, which nobody can decrypt any more. */
export interface Ending {
  readonly revoked: boolean;
  readonly failure?: unknown;
}

/**
 * Signs in: the session for the caller, the value of the cookie that renews it, and the secret of the cookie by which the browser is known
 * to the account from now on. The session that the browser had before, by its cookie, ends.
 *
 * @throws credentials-invalid, account-unconfirmed, too-many-requests
 * @throws second-factor-required, second-factor-invalid, recovery-code-invalid when the password was right
 */
export async function create(
  input: {
    readonly email: string;
    readonly password: string;
    readonly code?: string | undefined;
    readonly recoveryCode?: string | undefined;
    readonly userAgent: string;
    readonly previous?: string | undefined;
  },
  context: ProofContext,
): Promise<{ session: Session; cookie: string; device: string; endings: readonly { failure?: unknown }[] }> {
  const { clock, caller } = context;
  const attempt = await attempts.begin("password", input.email, caller, clock);
  const { tokens, ...notified } = await attempts.unlessNoGuess(attempt, isNoGuess, () => signIn(input, context));
  const token = newSessionToken(tokens.userId, newSessionId(clock));
  const now = clock.now();
  const writing = repository.create(token, {
    sealedRefreshToken: seal(token, tokens.refreshToken),
    userAgent: input.userAgent.slice(0, 256),
    lastUsedAt: now.toISOString(),
    expiresAt: Math.floor(now.getTime() / 1000) + sessionSeconds,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    version: 1,
  });
  const [device] = await Promise.all([attempt.succeedAndRemember("password"), writing]);
  const previous = await remove(input.previous, context);
  return { session: toSession(tokens, now), cookie: encodeSessionToken(token), device, endings: [previous, notified] };
}

/** Refusals that a right password gets. */
const isNoGuess = (error: unknown) =>
  isProblem(error, "second-factor-required") || isProblem(error, "account-unconfirmed");

const signIn = async (
  { recoveryCode, ...credentials }: signIns.Credentials & { readonly recoveryCode?: string | undefined },
  { identity, clock }: SessionContext,
): Promise<{ tokens: signIns.Tokens; failure?: unknown }> =>
  recoveryCode === undefined
    ? { tokens: await signIns.signIn(identity, credentials) }
    : signInByRecovery(identity, { ...credentials, recoveryCode }, clock);

/**
 * A new access token for the value of a session cookie. Tabs that refresh at the same time all get one: the user pool accepts the
 * old refresh token for another minute, and whichever tab writes first decides which successor is kept.
 *
 * @throws session-missing when there is no such session, or when it has ended
 */
export async function refresh(cookie: string | undefined, { identity, clock }: SessionContext): Promise<Session> {
  const token = cookie === undefined ? undefined : decodeSessionToken(cookie);
  if (!token) throw new Problem("session-missing");
  const now = clock.now();
  const stored = await current(token, now);
  const [session, tokens] = await exchange(token, stored, identity, now);
  const sealedRefreshToken = seal(token, tokens.refreshToken);
  const kept = await repository.rotate(token, session, { sealedRefreshToken, now: now.toISOString() });
  // Somebody was faster: another tab, whose refresh token is as good as ours, or a sign-out, which ours must not survive.
  if (!kept && !(await repository.find(token))) {
    await signIns.revoke(identity, tokens.refreshToken);
    throw new Problem("session-missing");
  }
  return toSession(tokens, now);
}

/** Signs out. Safe to repeat, and without a session. */
export async function remove(cookie: string | undefined, { identity }: SessionContext): Promise<Ending> {
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
 * Signs out everywhere: all refresh tokens and all sessions of the user end.
 *
 * @throws session-missing when the cookie's own session is none any more
 */
export async function removeAll(cookie: string | undefined, { identity, clock }: SessionContext): Promise<void> {
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

/** The session that the token belongs to. @throws session-missing */
async function current(token: SessionToken, now: Date): Promise<SessionRecord> {
  const session = await repository.find(token);
  // DynamoDB removes expired items within days, not at once.
  if (!session || session.expiresAt * 1000 <= now.getTime() || !matches(token, session.secretHash)) {
    throw new Problem("session-missing");
  }
  return session;
}

/**
 * Exchanges the session's refresh token. Where the user pool refuses it, another tab may have replaced it long before we read ours;
 * only a refused token that is still the session's own ends the session.
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
