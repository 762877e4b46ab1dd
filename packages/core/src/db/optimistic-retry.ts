import { setTimeout } from "node:timers/promises";
import { Problem } from "../problem.ts";

/** Another request has changed an item between this request's read and its conditional write: read it again and retry. */
export class OptimisticLockError extends Error {
  override readonly name = "OptimisticLockError";

  constructor(options?: ErrorOptions) {
    super("The item changed between the read and the conditional write", options);
  }
}

/**
 * Runs a read, a decision and a conditional write (optimistic locking). Repeats all three, with back-off and jitter, when the write
 * fails with an `OptimisticLockError`.
 *
 * @throws temporarily-unavailable when every attempt met a conflict
 */
export async function retryOptimistically<Result>(attempt: () => Promise<Result>, attempts = 8): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof OptimisticLockError)) throw error;
      if (count === attempts) throw new Problem("temporarily-unavailable", { cause: error });
      // Full jitter, so that the same requests do not collide again.
      await setTimeout(Math.random() * 10 * 2 ** count);
    }
  }
}
