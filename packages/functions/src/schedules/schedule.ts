import type { Context } from "aws-lambda";
import { describeError, logged } from "../log.ts";

/** Time reserved to finish the current step and write the log. */
const reservedMilliseconds = 10_000;

/** Result of a run for the log, and its errors. */
interface Run {
  readonly failures?: readonly unknown[];
  readonly [counted: string]: unknown;
}

/**
 * Creates the handler of a scheduled job. Its invocation fails if a task failed, which triggers the alarm.
 *
 * @param run receives a function that tells whether there is time for another step
 */
export function schedule(name: string, run: (hasTime: () => boolean) => Promise<Run>) {
  return (_event: unknown, { awsRequestId: requestId, getRemainingTimeInMillis }: Context): Promise<void> =>
    logged("schedule", { requestId, schedule: name }, async (add) => {
      const { failures = [], ...done } = await run(() => getRemainingTimeInMillis() > reservedMilliseconds);
      add(done);
      if (failures.length === 0) return;
      add({ errors: failures.slice(0, 10).map(describeError) });
      throw new Error(`${failures.length} of the schedule's tasks failed`);
    });
}
