import { setTimeout } from "node:timers/promises";
import { isProblem, Problem } from "./problem.ts";

interface RetryOptions {
  readonly attempts: number;
  /** Upper bound of the first wait. It doubles with each attempt. Example: 20 gives 20, 40 and 80 ms. */
  readonly firstWaitMilliseconds: number;
  /** Returns whether another attempt can succeed. Any other error is final. */
  readonly isTemporary: (error: unknown) => boolean;
}

/**
 * Repeats a step after temporary errors, with exponential back-off and full jitter: each wait is random, so that
 * callers that failed together do not retry together.
 *
 * @throws temporarily-unavailable when the last attempt fails with a temporary error
 */
export async function retry<Result>(step: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const { attempts, firstWaitMilliseconds, isTemporary } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (!isTemporary(error)) throw error;
      if (attempt === attempts) throw asUnavailable(error);
      await setTimeout(Math.random() * firstWaitMilliseconds * 2 ** (attempt - 1));
    }
  }
}

const asUnavailable = (error: unknown): Problem =>
  isProblem(error, "temporarily-unavailable") ? error : new Problem("temporarily-unavailable", { cause: error });
