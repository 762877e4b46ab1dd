import { setTimeout } from "node:timers/promises";
import { TemporarilyUnavailableError } from "../errors.ts";

/** Somebody else has written what was read, before what was made of it could be: reading it again helps. */
export class ChangedMeanwhile extends Error {
  override readonly name = "ChangedMeanwhile";

  constructor(options?: ErrorOptions) {
    super("It was changed between the reading and the writing", options);
  }
}

/**
 * Reads, decides and writes on condition that nothing has changed since; when something has, all of it again.
 *
 * @throws TemporarilyUnavailableError when others were quicker every time
 */
export async function rewrite<Result>(attempt: () => Promise<Result>, attempts = 8): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      if (count === attempts) throw new TemporarilyUnavailableError({ cause: error });
      // Full jitter: those who met must not meet again.
      await setTimeout(Math.random() * 10 * 2 ** count);
    }
  }
}
