import { createHash, randomBytes } from "node:crypto";
import type { Database } from "../../sqlite.ts";
import { type Clock, secondsOf } from "../clock.ts";
import { notAuthorized } from "../errors.ts";
import type { PoolClient } from "../pools.ts";
import type { User } from "../users.ts";

/**
 * Step of a sign-in after the right password: enter a code of the app, or set up an app. Setting up has two steps,
 * before and after the app is verified.
 */
export type ChallengeStep = "SOFTWARE_TOKEN_MFA" | "MFA_SETUP" | "MFA_SETUP verified";

/** The user and the client of a pending sign-in. */
export interface Challenge {
  readonly sub: string;
  readonly clientId: string;
}

const hashOf = (session: string) => createHash("sha256").update(session).digest("base64");

/** Stores pending sign-ins. Each is identified by a session string, of which only the hash is stored. */
export function createChallenges({ db }: Database, clock: Clock) {
  const insert = db.prepare("INSERT INTO challenge (hash, client, sub, step, expires_at) VALUES (?, ?, ?, ?, ?)");
  const select = db.prepare("SELECT * FROM challenge WHERE hash = ?");
  const spend = db.prepare("UPDATE challenge SET spent = 1 WHERE hash = ? AND spent = 0");
  const forget = db.prepare("DELETE FROM challenge WHERE expires_at < ?");
  const onlyOnce = () => notAuthorized("Invalid session for the user, session can only be used once.");

  return {
    /** Creates a session string for a step. */
    create(user: User, client: PoolClient, step: ChallengeStep): string {
      const session = randomBytes(512).toString("base64url");
      const now = secondsOf(clock);
      // Keep expired sessions for another hour, so that a late answer gets the error "session is expired".
      forget.run(now - 3600);
      insert.run(hashOf(session), client.id, user.sub, step, now + client.challengeSeconds);
      return session;
    },

    /**
     * Returns the challenge of a session string. Does not use up the session, so the user can correct a mistyped code.
     * @throws NotAuthorizedException if the session is unknown, used, expired or for another step
     */
    open(session: string, step: ChallengeStep): Challenge {
      const row = select.get(hashOf(session));
      if (row?.step !== step) throw notAuthorized("Invalid session for the user.");
      if (row.spent === 1) throw onlyOnce();
      if (secondsOf(clock) >= Number(row.expires_at))
        throw notAuthorized("Invalid session for the user, session is expired.");
      return { sub: String(row.sub), clientId: String(row.client) };
    },

    /**
     * Uses up a session string.
     * @throws NotAuthorizedException if a concurrent request used it first
     */
    spend(session: string): void {
      if (spend.run(hashOf(session)).changes !== 1) throw onlyOnce();
    },
  };
}

export type Challenges = ReturnType<typeof createChallenges>;
