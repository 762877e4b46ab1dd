import middy from "@middy/core";
import { describeError, isColdStart, logger } from "../log.ts";

/** Enough to end what was begun, and to write the log. */
const reservedMilliseconds = 10_000;

/** What a run did, for the log, and what went wrong in it. */
interface Run {
  readonly failures?: readonly unknown[];
  readonly [counted: string]: unknown;
}

/**
 * The one stack for what is done at times: one log line, and a failure of the function when something failed, so that the alarm sees it.
 *
 * @param run is told how to ask whether there is time for another step
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
