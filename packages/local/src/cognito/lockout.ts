import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import { notAuthorized } from "./errors.ts";
import type { User } from "./users.ts";

const freeAttempts = 5;
const longestSeconds = 15 * 60;

/** After five wrong passwords an account rests for a second, and for twice as long after each further one. */
export function createLockout({ db }: Database, clock: Clock) {
  const select = db.prepare("SELECT failures, failed_at FROM user WHERE sub = ?");
  const add = db.prepare("UPDATE user SET failures = failures + 1, failed_at = ? WHERE sub = ?");
  const reset = db.prepare("UPDATE user SET failures = 0 WHERE sub = ?");
  return {
    /** @throws NotAuthorizedException while the account rests */
    check(user: User): void {
      const { failures = 0, failed_at: failedAt = 0 } = select.get(user.sub) ?? {};
      const over = Number(failures) - freeAttempts;
      if (over < 0) return;
      const restMs = Math.min(2 ** over, longestSeconds) * 1000;
      if (clock.now().getTime() < Number(failedAt) + restMs) throw notAuthorized("Password attempts exceeded");
    },
    passwordWasWrong: (user: User) => void add.run(clock.now().getTime(), user.sub),
    passwordWasRight: (user: User) => void reset.run(user.sub),
  };
}

export type Lockout = ReturnType<typeof createLockout>;
