import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Database } from "../../sqlite.ts";
import { type Clock, secondsOf } from "../clock.ts";
import type { Row } from "../database.ts";
import { notAuthorized, refreshTokenReuse } from "../errors.ts";
import type { PoolClient } from "../pools.ts";
import type { User } from "../users.ts";

/** One sign-in, with all tokens that were issued for it. */
export interface Session {
  readonly originJti: string;
  readonly clientId: string;
  readonly sub: string;
  /** Seconds since 1970. */
  readonly authTime: number;
  readonly expiresAt: number;
  readonly revoked: boolean;
}

const hashOf = (refreshToken: string) => createHash("sha256").update(refreshToken).digest("base64");

const refreshTokenHeader = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");

/**
 * Random bytes with the structure and length of Cognito's encrypted tokens, so that fields that are too small fail
 * locally.
 */
const newRefreshToken = () =>
  [refreshTokenHeader, ...[256, 12, 930, 16].map((length) => randomBytes(length).toString("base64url"))].join(".");

const sessionIn = (row: Row): Session => ({
  originJti: String(row.origin_jti),
  clientId: String(row.client),
  sub: String(row.sub),
  authTime: Number(row.auth_time),
  expiresAt: Number(row.expires_at),
  revoked: row.revoked === 1,
});

/** Stores sign-ins and their refresh tokens. Only hashes of the tokens are stored. */
export function createSessions({ db, transaction }: Database, clock: Clock) {
  const insert = db.prepare(
    "INSERT INTO session (origin_jti, client, sub, auth_time, expires_at) VALUES (?, ?, ?, ?, ?)",
  );
  const insertToken = db.prepare("INSERT INTO refresh_token (hash, origin_jti) VALUES (?, ?)");
  const select = db.prepare("SELECT * FROM session WHERE origin_jti = ?");
  const selectByToken = db.prepare("SELECT * FROM refresh_token JOIN session USING (origin_jti) WHERE hash = ?");
  const rotateOut = db.prepare("UPDATE refresh_token SET rotated_at = ? WHERE hash = ? AND rotated_at IS NULL");
  const revoke = db.prepare("UPDATE session SET revoked = 1 WHERE origin_jti = ?");
  const revokeAll = db.prepare("UPDATE session SET revoked = 1 WHERE sub = ?");

  function addToken(originJti: string): string {
    const token = newRefreshToken();
    insertToken.run(hashOf(token), originJti);
    return token;
  }

  /**
   * Returns the session of a valid refresh token.
   * @throws NotAuthorizedException, RefreshTokenReuseException
   */
  function usable(refreshToken: string, client: PoolClient): Session {
    const row = selectByToken.get(hashOf(refreshToken));
    if (!row || row.client !== client.id) throw notAuthorized("Invalid Refresh Token");
    const session = sessionIn(row);
    if (session.revoked) throw notAuthorized("Refresh Token has been revoked");
    if (secondsOf(clock) >= session.expiresAt) throw notAuthorized("Refresh Token has expired");
    const rotatedAt = row.rotated_at === null ? undefined : Number(row.rotated_at);
    const grace = (client.rotationGraceSeconds ?? 0) * 1000;
    if (rotatedAt !== undefined && clock.now().getTime() > rotatedAt + grace)
      throw refreshTokenReuse("Refresh token has been invalidated by rotation");
    return session;
  }

  return {
    get(originJti: string): Session | undefined {
      const row = select.get(originJti);
      return row && sessionIn(row);
    },

    /** Starts a session at the current time, with its first refresh token. */
    start(user: User, client: PoolClient): { session: Session; refreshToken: string } {
      const originJti = randomUUID();
      const authTime = secondsOf(clock);
      const expiresAt = authTime + client.refreshTokenSeconds;
      const session = { originJti, clientId: client.id, sub: user.sub, authTime, expiresAt, revoked: false };
      const refreshToken = transaction(() => {
        insert.run(originJti, client.id, user.sub, authTime, expiresAt);
        return addToken(originJti);
      });
      return { session, refreshToken };
    },

    usable,

    /**
     * Returns the session of a refresh token and, if the client rotates tokens, a new refresh token. The old token
     * remains valid for the client's grace period. Each use within that period returns another new token of the same
     * session.
     * @throws NotAuthorizedException, RefreshTokenReuseException
     */
    refresh(refreshToken: string, client: PoolClient): { session: Session; refreshToken?: string } {
      return transaction(() => {
        const session = usable(refreshToken, client);
        if (client.rotationGraceSeconds === undefined) return { session };
        rotateOut.run(clock.now().getTime(), hashOf(refreshToken));
        return { session, refreshToken: addToken(session.originJti) };
      });
    },

    /** Returns the session of a refresh token, even if it is expired or revoked. Undefined if the token is unknown. */
    byToken(refreshToken: string): Session | undefined {
      const row = selectByToken.get(hashOf(refreshToken));
      return row && sessionIn(row);
    },

    revoke: (session: Session) => void revoke.run(session.originJti),
    revokeAll: (user: User) => void revokeAll.run(user.sub),
  };
}

export type Sessions = ReturnType<typeof createSessions>;
