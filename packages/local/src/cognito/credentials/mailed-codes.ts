import { randomInt } from "node:crypto";
import type { Database } from "../../sqlite.ts";
import { type Clock, secondsOf } from "../clock.ts";
import { codeMismatch, expiredCode, limitExceeded } from "../errors.ts";
import type { User } from "../users.ts";

/** Purpose of a mailed code. A code is only valid for its own purpose. */
export type CodePurpose = "sign-up" | "reset" | "email-change";

/** Cognito's validity: 24 hours to confirm an account or a new address, 1 hour to reset a password. */
const validSeconds: Readonly<Record<CodePurpose, number>> = {
  "sign-up": 24 * 3600,
  reset: 3600,
  "email-change": 24 * 3600,
};

/**
 * Limits of wrong codes per code and of codes per hour. Cognito allows between 5 and 20 of each, depending on the risk.
 */
const guesses = 5;
const requestsPerHour = 20;

const limitReached = () => limitExceeded("Attempt limit exceeded, please try after some time.");

/** Stores the mailed codes. A user has at most one code per purpose, and each code can be used once. */
export function createCodes({ db }: Database, clock: Clock) {
  const select = db.prepare("SELECT * FROM user_code WHERE sub = ? AND purpose = ?");
  const put = db.prepare(
    "INSERT OR REPLACE INTO user_code (sub, purpose, code, expires_at, requests, counted_from) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const fail = db.prepare("UPDATE user_code SET failures = failures + 1 WHERE sub = ? AND purpose = ?");
  const spend = db.prepare("UPDATE user_code SET code = NULL WHERE sub = ? AND purpose = ?");

  /** Codes that the user requested within the current hour, which starts at `from` (seconds since 1970). */
  function countOf(user: User, purpose: CodePurpose): { requests: number; from: number } {
    const now = secondsOf(clock);
    const row = select.get(user.sub, purpose);
    if (!row || now >= Number(row.counted_from) + 3600) return { requests: 0, from: now };
    return { requests: Number(row.requests), from: Number(row.counted_from) };
  }

  return {
    /**
     * Creates a code of six digits, which invalidates the previous one.
     * @throws LimitExceededException after 20 codes within an hour
     */
    create(user: User, purpose: CodePurpose): string {
      const { requests, from } = countOf(user, purpose);
      if (requests >= requestsPerHour) throw limitReached();
      const code = String(randomInt(1_000_000)).padStart(6, "0");
      put.run(user.sub, purpose, code, secondsOf(clock) + validSeconds[purpose], requests + 1, from);
      return code;
    },

    /**
     * Verifies a code and uses it up.
     * @throws CodeMismatchException, ExpiredCodeException, LimitExceededException after five wrong codes
     */
    take(user: User, purpose: CodePurpose, code: string): void {
      const row = select.get(user.sub, purpose);
      if (!row || row.code === null || secondsOf(clock) >= Number(row.expires_at))
        throw expiredCode("Invalid code provided, please request a code again.");
      if (Number(row.failures) >= guesses) throw limitReached();
      if (row.code === code) return void spend.run(user.sub, purpose);
      fail.run(user.sub, purpose);
      throw codeMismatch("Invalid verification code provided, please try again.");
    },
  };
}

export type Codes = ReturnType<typeof createCodes>;
