import { ended, once } from "../closing.ts";
import type { Ground } from "../service.ts";
import type { Emulator, Log } from "../service-types.ts";
import { type Clock, systemClock } from "./clock.ts";
import { ScheduleExpressionError } from "./cron.ts";
import { parseExpression, type Timing } from "./expression.ts";
import { createRun } from "./run.ts";
import { type Schedule, schedulesOf } from "./schedule.ts";
import { openMemory, type ScheduleMemory } from "./schedule-state.ts";

export interface SchedulerOptions extends Pick<Ground, "graph" | "deliver" | "dataFolder" | "log"> {
  readonly clock?: Clock;
}

/** EventBridge Scheduler with the schedules of the graph. */
export interface Scheduler extends Emulator {
  /**
   * Runs a schedule now, in addition to its due times. Resolves when the target has accepted the call, or when the
   * failure was reported to the dead-letter queue.
   * @param name name in the graph
   */
  run(name: string): Promise<void>;
}

/** A run that is later than this was missed while the machine slept. Milliseconds. */
const latestMs = 60_000;
const iso = (moment: number) => new Date(moment).toISOString();

/** Due times of a schedule, and the moment from which they are checked. */
interface Plan {
  readonly timing: Timing;
  readonly since: number;
  readonly after: number;
}

/** @throws ScheduleExpressionError that names the schedule */
function planOf(schedule: Schedule, memory: ScheduleMemory, now: number, log: Log): Plan {
  const { name, zone, startsAt } = schedule;
  const expression = `${schedule.expression} ${zone}`;
  const known = memory.of(name);
  const remembered = known?.expression === expression ? known : undefined;
  const since = remembered?.since ?? now;
  try {
    const timing = parseExpression(schedule.expression, zone, startsAt ?? since);
    const missed = remembered && timing.next(Math.max(remembered.seenUntil, (startsAt ?? 0) - 1));
    if (missed !== undefined && missed < now && missed <= schedule.endsAt)
      log.warn("scheduler", `${name} missed its run at ${iso(missed)}: the local cloud was not running`);
    // A rate runs immediately, but only on its first start.
    const from = remembered ? now : now - 1;
    return { timing, since, after: Math.max(from, (startsAt ?? 0) - 1) };
  } catch (error) {
    if (error instanceof ScheduleExpressionError) throw new ScheduleExpressionError(`${name}: ${error.message}`);
    throw error;
  }
}

/**
 * Starts the schedules of the graph. Runs that were missed while the cloud was stopped are logged but not repeated. AWS
 * would have run them, but a burst of old runs does not help during development.
 * @throws ScheduleExpressionError
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { graph, deliver, dataFolder, log, clock = systemClock } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const schedules = schedulesOf(graph, log);
  const memory = openMemory(dataFolder);
  const run = createRun({ graph, deliver, clock, log, signal });

  async function keep(schedule: Schedule, { timing, since, after }: Plan): Promise<void> {
    const { name, endsAt } = schedule;
    const expression = `${schedule.expression} ${schedule.zone}`;
    const see = (seenUntil: number) => memory.save(name, { expression, since, seenUntil });
    see(after);
    let due = timing.next(after);
    while (due !== undefined && due <= endsAt) {
      await clock.until(due, signal);
      if (signal.aborted) return see(Math.max(clock.now(), after));
      const late = clock.now() - due > latestMs;
      if (late) log.warn("scheduler", `${name} missed its run at ${iso(due)}: the machine was asleep`);
      else await run(schedule, due);
      const seen = late ? clock.now() : due;
      see(seen);
      due = timing.next(seen);
    }
    log.info("scheduler", `${name} has no further runs: ${schedule.expression}`);
  }

  const plans = schedules.map((schedule) => planOf(schedule, memory, clock.now(), log));
  const running = schedules.flatMap((schedule, i) => {
    const plan = plans[i];
    return plan
      ? keep(schedule, plan).catch((error: unknown) => log.error("scheduler", `${schedule.name}: ${error}`))
      : [];
  });

  return {
    async run(name) {
      const schedule = schedules.find((each) => each.name === name);
      if (!schedule) throw new Error(`The graph has no schedule ${name} that can run.`);
      await run(schedule, clock.now());
    },
    close: once(async () => {
      controller.abort();
      await ended(running);
    }),
  };
}
