import { randomInt } from "node:crypto";
import { type Clock, secondsOf } from "./clock.ts";
import type { Database } from "./database.ts";
import { codeMismatch, expiredCode, limitExceeded } from "./errors.ts";
import type { User } from "./users.ts";

const validSeconds = 24 * 3600;
const attempts = 5;

/** The confirmation codes of users: each has one at most, and it ends with the confirmation. */
export function createCodes({ db }: Database, clock: Clock) {
  const put = db.prepare("INSERT OR REPLACE INTO code (sub, code, expires_at, failures) VALUES (?, ?, ?, 0)");
  const select = db.prepare("SELECT * FROM code WHERE sub = ?");
  const fail = db.prepare("UPDATE code SET failures = failures + 1 WHERE sub = ?");
  return {
    /** A new code of six digits; the one before it is void. */
    create(user: User): string {
      const code = String(randomInt(1_000_000)).padStart(6, "0");
      put.run(user.sub, code, secondsOf(clock) + validSeconds);
      return code;
    },

    /** @throws CodeMismatchException, ExpiredCodeException, LimitExceededException after five wrong ones */
    check(user: User, code: string): void {
      const row = select.get(user.sub);
      if (!row || secondsOf(clock) >= Number(row.expires_at))
        throw expiredCode("Invalid code provided, please request a code again.");
      if (Number(row.failures) >= attempts) throw limitExceeded("Attempt limit exceeded, please try after some time.");
      if (row.code === code) return;
      fail.run(user.sub);
      throw codeMismatch("Invalid verification code provided, please try again.");
    },
  };
}

export type Codes = ReturnType<typeof createCodes>;
