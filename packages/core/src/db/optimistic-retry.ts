import { setTimeout } from "node:timers/promises";
import { Problem } from "../problem.ts";

/**
 * Another request changed the item between this request's read and its conditional write. Read the item again and
 * retry. Example: two requests read version 3. The first writes version 4; the second gets this error.
 */
export class OptimisticLockError extends Error {
  override readonly name = "OptimisticLockError";

  constructor(options?: ErrorOptions) {
    super("The item changed between the read and the conditional write", options);
  }
}

/**
 * Runs a read, a decision and a conditional write (optimistic locking). Repeats all three, with back-off and jitter,
 * when the write fails with an `OptimisticLockError`. With 8 attempts, the first wait is at most 20 ms and the last at
 * most 1,280 ms.
 *
 * @throws temporarily-unavailable when the last attempt fails with a conflict
 */
export async function retryOptimistically<Result>(attempt: () => Promise<Result>, attempts = 8): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof OptimisticLockError)) throw error;
      if (count === attempts) throw new Problem("temporarily-unavailable", { cause: error });
      // Full jitter, so that the conflicting requests do not retry at the same moment.
      await setTimeout(Math.random() * 10 * 2 ** count);
    }
  }
}
