import { randomInt } from "node:crypto";
import { type Clock, secondsOf } from "../clock.ts";
import type { Database } from "../database.ts";
import { codeMismatch, expiredCode, limitExceeded } from "../errors.ts";
import type { User } from "../users.ts";

/** What a code is mailed for: a code of one kind opens nothing of the other. */
export type CodePurpose = "sign-up" | "reset";

/** As Cognito has it: a day to confirm an account, an hour to choose a new password. */
const validSeconds: Readonly<Record<CodePurpose, number>> = { "sign-up": 24 * 3600, reset: 3600 };

/** Cognito allows between five and twenty of each, by the risk that it sees. */
const guesses = 5;
const requestsPerHour = 20;

const limitReached = () => limitExceeded("Attempt limit exceeded, please try after some time.");

/** The codes that are mailed to users: each has one at most for a purpose, and it is good for one use. */
export function createCodes({ db }: Database, clock: Clock) {
  const select = db.prepare("SELECT * FROM user_code WHERE sub = ? AND purpose = ?");
  const put = db.prepare(
    "INSERT OR REPLACE INTO user_code (sub, purpose, code, expires_at, requests, counted_from) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const fail = db.prepare("UPDATE user_code SET failures = failures + 1 WHERE sub = ? AND purpose = ?");
  const spend = db.prepare("UPDATE user_code SET code = NULL WHERE sub = ? AND purpose = ?");

  /** How many codes the user has asked for within the hour that `from` begins. */
  function countOf(user: User, purpose: CodePurpose): { requests: number; from: number } {
    const now = secondsOf(clock);
    const row = select.get(user.sub, purpose);
    if (!row || now >= Number(row.counted_from) + 3600) return { requests: 0, from: now };
    return { requests: Number(row.requests), from: Number(row.counted_from) };
  }

  return {
    /** A new code of six digits; the one before it is void. @throws LimitExceededException after too many in an hour */
    create(user: User, purpose: CodePurpose): string {
      const { requests, from } = countOf(user, purpose);
      if (requests >= requestsPerHour) throw limitReached();
      const code = String(randomInt(1_000_000)).padStart(6, "0");
      put.run(user.sub, purpose, code, secondsOf(clock) + validSeconds[purpose], requests + 1, from);
      return code;
    },

    /**
     * Takes a code, which is spent then.
     * @throws CodeMismatchException, ExpiredCodeException, LimitExceededException after five wrong ones
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
