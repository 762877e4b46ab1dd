import middy from "@middy/core";
import { describeError, isColdStart, logger } from "../log.ts";

/** Time reserved to finish the current step and write the log. */
const reservedMilliseconds = 10_000;

/** Result of a run for the log, and its errors. */
interface Run {
  readonly failures?: readonly unknown[];
  readonly [counted: string]: unknown;
}

/**
 * Creates the stack of scheduled jobs: one log line, and a failed invocation if a task failed, which triggers the
 * alarm.
 *
 * @param run receives a function that tells whether there is time for another step
 */
export function schedule(name: string, run: (hasTime: () => boolean) => Promise<Run>) {
  return middy({ timeoutEarlyInMillis: 0 }).handler(
    async (_event: unknown, { awsRequestId, getRemainingTimeInMillis }) => {
      const started = performance.now();
      const { failures = [], ...done } = await run(() => getRemainingTimeInMillis() > reservedMilliseconds);
      const fields = {
        requestId: awsRequestId,
        schedule: name,
        ...done,
        durationMs: Math.round((performance.now() - started) * 10) / 10,
        coldStart: isColdStart(),
      };
      if (failures.length === 0) return logger.info("schedule", fields);
      logger.error("schedule", { ...fields, errors: failures.slice(0, 10).map(describeError) });
      throw new Error(`${failures.length} of the schedule's tasks failed`);
    },
  );
}
