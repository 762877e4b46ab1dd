import type { Context } from "aws-lambda";
import { describeError, logged } from "../log.ts";

/** Time reserved to finish the current step and write the log. */
const reservedMilliseconds = 10_000;

/** Errors of the tasks of a run. */
interface Failures {
  readonly failures?: readonly unknown[];
}

/**
 * Creates the handler of a scheduled job. Its invocation fails if a task failed, which triggers the alarm.
 *
 * @param run receives a function that tells whether there is time for another step. Its result is logged
 */
export function schedule(name: string, run: (hasTime: () => boolean) => Promise<object & Failures>) {
  return (_event: unknown, { awsRequestId: requestId, getRemainingTimeInMillis }: Context): Promise<void> =>
    logged("schedule", { requestId, schedule: name }, async (add) => {
      const { failures = [], ...done } = await run(() => getRemainingTimeInMillis() > reservedMilliseconds);
      add(done);
      if (failures.length === 0) return;
      add({ errors: failures.slice(0, 10).map(describeError) });
      throw new Error(`${failures.length} of the schedule's tasks failed`);
    });
}
