import { retry } from "../retry.ts";

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
 * Runs a read, a decision and a conditional write (optimistic locking). Repeats all three when the write fails with an
 * `OptimisticLockError`. With 8 attempts, the first wait is at most 20 ms and the last at most 1,280 ms.
 *
 * @throws temporarily-unavailable when the last attempt fails with a conflict
 */
export const retryOptimistically = <Result>(attempt: () => Promise<Result>, attempts = 8): Promise<Result> =>
  retry(attempt, {
    attempts,
    firstWaitMilliseconds: 20,
    isTemporary: (error) => error instanceof OptimisticLockError,
  });
