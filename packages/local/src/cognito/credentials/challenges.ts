import { createHash, randomBytes } from "node:crypto";
import { type Clock, secondsOf } from "../clock.ts";
import type { Database } from "../database.ts";
import { notAuthorized } from "../errors.ts";
import type { PoolClient } from "../pools.ts";
import type { User } from "../users.ts";

/** What is asked of somebody who gave the right password: a code of their app, or to set one up, which has a step of its own. */
export type ChallengeStep = "SOFTWARE_TOKEN_MFA" | "MFA_SETUP" | "MFA_SETUP verified";

/** Whose sign-in waits, and at which client. */
export interface Challenge {
  readonly sub: string;
  readonly clientId: string;
}

const hashOf = (session: string) => createHash("sha256").update(session).digest("base64");

/** Sign-ins that wait for their next step, each known by a session string, of which only a hash is kept. */
export function createChallenges({ db }: Database, clock: Clock) {
  const insert = db.prepare("INSERT INTO challenge (hash, client, sub, step, expires_at) VALUES (?, ?, ?, ?, ?)");
  const select = db.prepare("SELECT * FROM challenge WHERE hash = ?");
  const spend = db.prepare("UPDATE challenge SET spent = 1 WHERE hash = ? AND spent = 0");
  const forget = db.prepare("DELETE FROM challenge WHERE expires_at < ?");
  const onlyOnce = () => notAuthorized("Invalid session for the user, session can only be used once.");

  return {
    /** A session string for a step. */
    create(user: User, client: PoolClient, step: ChallengeStep): string {
      const session = randomBytes(512).toString("base64url");
      const now = secondsOf(clock);
      // Whoever is late is told so for another hour.
      forget.run(now - 3600);
      insert.run(hashOf(session), client.id, user.sub, step, now + client.challengeSeconds);
      return session;
    },

    /** What a session string is good for. It stays good: a mistyped code may be corrected. @throws NotAuthorizedException */
    open(session: string, step: ChallengeStep): Challenge {
      const row = select.get(hashOf(session));
      if (row?.step !== step) throw notAuthorized("Invalid session for the user.");
      if (row.spent === 1) throw onlyOnce();
      if (secondsOf(clock) >= Number(row.expires_at))
        throw notAuthorized("Invalid session for the user, session is expired.");
      return { sub: String(row.sub), clientId: String(row.client) };
    },

    /** Ends a session string with its step. @throws NotAuthorizedException when another request was faster */
    spend(session: string): void {
      if (spend.run(hashOf(session)).changes !== 1) throw onlyOnce();
    },
  };
}

export type Challenges = ReturnType<typeof createChallenges>;
