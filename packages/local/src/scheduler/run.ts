import { randomUUID } from "node:crypto";
import { EventRefusedError } from "../async-invocations/async-invocations.ts";
import type { ResolvedGraph } from "../graph/graph.ts";
import { evaluate } from "../iam/evaluate.ts";
import type { Ground } from "../service.ts";
import type { MessageAttributes } from "../service-types.ts";
import { backOffMs } from "../streams/batch.ts";
import type { Clock } from "./clock.ts";
import type { Schedule } from "./schedule.ts";

/** The schedule's role lacks the permission for its target. */
class AccessDeniedError extends Error {
  override readonly name = "AccessDeniedException";
}

export interface RunOptions extends Pick<Ground, "graph" | "deliver" | "log"> {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

interface Execution {
  readonly id: string;
  readonly schedule: Schedule;
  /** ISO 8601, in whole seconds. */
  readonly scheduledTime: string;
}

/**
 * Returns whether retries are useless: a missing permission, an unknown function, or an input for a function that is
 * not JSON.
 */
const isFinal = (error: unknown) =>
  error instanceof AccessDeniedError || error instanceof EventRefusedError || error instanceof SyntaxError;

/** Builds the event of a schedule without an input. */
const defaultEvent = ({ id, schedule, scheduledTime }: Execution, { region, account }: ResolvedGraph) => ({
  version: "0",
  id,
  "detail-type": "Scheduled Event",
  source: "aws.scheduler",
  account,
  time: scheduledTime,
  region,
  resources: [schedule.arn],
  detail: "{}",
});

/** Returns the schedule's input with EventBridge's context attributes replaced. */
function bodyOf(execution: Execution, graph: ResolvedGraph, attempt: number): string {
  const { id, schedule, scheduledTime } = execution;
  const input = schedule.input ?? JSON.stringify(defaultEvent(execution, graph));
  return input
    .replaceAll("<aws.scheduler.schedule-arn>", schedule.arn)
    .replaceAll("<aws.scheduler.scheduled-time>", scheduledTime)
    .replaceAll("<aws.scheduler.execution-id>", id)
    .replaceAll("<aws.scheduler.attempt-number>", String(attempt));
}

function deadLetterAttributes(
  { id, schedule, scheduledTime }: Execution,
  error: unknown,
  retries: number,
): MessageAttributes {
  const name = error instanceof Error ? error.name : "Error";
  const said = {
    ERROR_CODE: error instanceof EventRefusedError ? error.code : name,
    ERROR_MESSAGE: (error instanceof Error ? error.message : String(error)).slice(0, 1024) || " ",
    EXECUTION_ID: id,
    ...(!isFinal(error) && { EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts" }),
    IS_PAYLOAD_TRUNCATED: "false",
    RETRY_ATTEMPTS: String(retries),
    SCHEDULED_TIME: scheduledTime,
    SCHEDULE_ARN: schedule.arn,
    TARGET_ARN: schedule.targetArn,
  };
  return Object.fromEntries(
    Object.entries(said).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );
}

/**
 * @returns a function that runs a schedule once: it calls the target with the schedule's role, or reports the failure
 * to the dead-letter queue
 */
export function createRun({ graph, deliver, clock, log, signal }: RunOptions) {
  function authorise({ action, targetArn, statements }: Schedule): void {
    const { allowed, reason } = evaluate(statements, { action, resource: targetArn });
    if (!allowed)
      throw new AccessDeniedError(
        `The schedule's role is not authorized to perform: ${action} on ${targetArn} ${reason}`,
      );
  }

  async function giveUp(execution: Execution, error: unknown, attempt: number): Promise<void> {
    const { schedule, id } = execution;
    const { deadLetterArn } = schedule;
    const where = deadLetterArn ? `reporting it to ${deadLetterArn.split(":").at(-1)}` : "without a dead-letter queue";
    log.error("scheduler", `${schedule.name} cannot call its target, ${where}: ${error}`, id);
    if (deadLetterArn === undefined) return;
    const attributes = deadLetterAttributes(execution, error, attempt - 1);
    await deliver(deadLetterArn, bodyOf(execution, graph, attempt), attributes).catch((failure: unknown) =>
      log.error("scheduler", `${schedule.name} cannot reach its dead-letter queue: ${failure}`, id),
    );
  }

  return async function run(schedule: Schedule, dueAt: number): Promise<void> {
    const scheduledTime = `${new Date(dueAt).toISOString().slice(0, 19)}Z`;
    const execution: Execution = { id: randomUUID(), schedule, scheduledTime };
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        authorise(schedule);
        await deliver(schedule.targetArn, bodyOf(execution, graph, attempt));
        return log.info("scheduler", `${schedule.name} called ${schedule.targetArn.split(":").at(-1)}`, execution.id);
      } catch (error) {
        const old = clock.now() - dueAt > schedule.maximumAgeSeconds * 1000;
        if (isFinal(error) || attempt > schedule.retries || old) return giveUp(execution, error, attempt);
        await clock.until(clock.now() + backOffMs(attempt), signal);
      }
    }
  };
}
