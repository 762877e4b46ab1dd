import type { Database } from "../../sqlite.ts";
import type { Clock } from "../clock.ts";
import type { User } from "../users.ts";

const freeAttempts = 5;
const longestSeconds = 15 * 60;

/**
 * Locks an account after five wrong passwords or codes: for 1 second, then twice as long after each further one (2, 4,
 * …), up to 15 minutes.
 */
export function createLockout({ db }: Database, clock: Clock) {
  const select = db.prepare("SELECT failures, failed_at FROM user WHERE sub = ?");
  const add = db.prepare("UPDATE user SET failures = failures + 1, failed_at = ? WHERE sub = ?");
  const reset = db.prepare("UPDATE user SET failures = 0 WHERE sub = ?");
  return {
    /** Whether the account is locked. A locked account refuses every password and code, including the right one. */
    rests(user: User): boolean {
      const { failures = 0, failed_at: failedAt = 0 } = select.get(user.sub) ?? {};
      const over = Number(failures) - freeAttempts;
      const restMs = Math.min(2 ** over, longestSeconds) * 1000;
      return over >= 0 && clock.now().getTime() < Number(failedAt) + restMs;
    },
    failed: (user: User) => void add.run(clock.now().getTime(), user.sub),
    /**
     * Resets the failed attempts after a complete sign-in. With a second factor, the right password alone does not
     * reset them.
     */
    succeeded: (user: User) => void reset.run(user.sub),
  };
}

export type Lockout = ReturnType<typeof createLockout>;
