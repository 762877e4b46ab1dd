import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { ResolvedFunction, ResolvedGraph } from "../../graph/graph.ts";
import {
  type AsyncInvoker,
  type Deliver,
  type Emulator,
  type InvokeResult,
  type Invoker,
  isUnreached,
  type Log,
} from "../../service-types.ts";
import { type EventQueue, openEventQueue, type QueuedEvent } from "./event-queue.ts";
import { type EventSettings, eventSettingsOf } from "./event-settings.ts";
import { type Condition, deadLetterAttributes, invocationRecord } from "./invocation-record.ts";

/**
 * Milliseconds before each retry. AWS waits one minute before the first and two before the second; local development
 * uses seconds.
 */
export const retryDelaysMs: readonly number[] = [1000, 2000];

/** Returns the back-off after a throttled or failed call of the service. AWS waits 1 s to 5 min. */
const refusalDelayMs = (refusals: number) => Math.min(50 * 2 ** refusals, 5000);

/** Time in milliseconds that events in flight have to finish when the cloud closes. */
const graceMs = 2000;

/** Maximum size of an event in bytes. */
const eventLimit = 1024 * 1024;

/** Maximum number of concurrent events per function. Further events wait on disk and do not block other functions. */
const mostOfFunction = 20;

/** An event that Lambda does not accept. Nothing is stored. */
export class EventRefusedError extends Error {
  override readonly name = "EventRefusedError";
  /** HTTP status of the Invoke API. */
  readonly status: 404 | 413;
  readonly code: string;
  constructor(status: 404 | 413, message: string) {
    super(message);
    this.status = status;
    this.code = status === 404 ? "ResourceNotFoundException" : "RequestTooLargeException";
  }
}

export interface AsyncInvocationsOptions {
  readonly graph: ResolvedGraph;
  readonly invoker: Invoker;
  /** Delivers to destinations and dead-letter queues. */
  readonly deliver: Deliver;
  readonly dataFolder: string;
  readonly log: Log;
  /** Milliseconds before each retry, by the number of failures. Defaults to `retryDelaysMs`. */
  readonly delaysMs?: readonly number[];
}

/** Lambda's asynchronous invocations. */
export interface AsyncInvocations extends Emulator, AsyncInvoker {
  /** Resolves when no event is waiting for its function or for a retry. */
  drained(): Promise<void>;
}

/**
 * Reports the result of an event to the targets in the function's settings. A failing destination loses the record, as
 * on AWS.
 */
function createTeller({ deliver, log }: AsyncInvocationsOptions) {
  return async function tell(
    fn: ResolvedFunction,
    { onFailure, onSuccess, deadLetter }: EventSettings,
    event: QueuedEvent,
    condition: Condition,
    outcome: InvokeResult | undefined,
  ): Promise<void> {
    const success = condition === "Success";
    const target = success ? onSuccess : onFailure;
    const invocations = event.failures + (success ? 1 : 0);
    const record = () => JSON.stringify(invocationRecord(event, condition, outcome, invocations));
    const told = [
      target !== undefined && deliver(target, record()),
      !success && deadLetter !== undefined && deliver(deadLetter, event.payload, deadLetterAttributes(event, outcome)),
    ];
    for (const one of await Promise.allSettled(told)) {
      if (one.status === "rejected") log.error(fn.name, `a destination was not told: ${one.reason}`, event.requestId);
    }
    if (success) return;
    const where = told.some((one) => one !== false) ? "its destination is told" : "nobody is told";
    log.warn(fn.name, `gave up an event (${condition}), ${where}`, event.requestId);
  };
}

/** Processes an event once: runs its function, then removes the event or schedules a retry. */
function createHandler(options: AsyncInvocationsOptions, queue: EventQueue, ended: AbortSignal) {
  const { graph, invoker, log, delaysMs = retryDelaysMs } = options;
  const settingsOf = eventSettingsOf(graph, log);
  const tell = createTeller(options);

  async function end(fn: ResolvedFunction, event: QueuedEvent, condition: Condition, outcome?: InvokeResult) {
    await tell(fn, settingsOf(fn), event, condition, outcome);
    // A crash before this line causes a redelivery, never a loss.
    queue.remove(event.requestId);
  }

  return async function handle(event: QueuedEvent): Promise<void> {
    const fn = graph.functionOf(event.functionArn);
    if (!fn) {
      log.warn("lambda", `an event for ${event.functionArn} is dropped: the function is gone`, event.requestId);
      return queue.remove(event.requestId);
    }
    const { retries, maximumAgeSeconds } = settingsOf(fn);
    if (Date.now() - event.acceptedAt > maximumAgeSeconds * 1000) return end(fn, event, "EventAgeExceeded");
    const outcome = await invoker.invoke(fn.arn, JSON.parse(event.payload), event.requestId);
    // The event stays unchanged on disk, and the next start resumes it.
    if (ended.aborted) return;
    if (outcome.ok) return end(fn, event, "Success", outcome);
    if (isUnreached(outcome)) {
      const refusals = event.refusals + 1;
      return queue.putOff({ ...event, refusals, dueAt: Date.now() + refusalDelayMs(refusals) });
    }
    const failed = { ...event, failures: event.failures + 1 };
    if (failed.failures > retries) return end(fn, failed, "RetriesExhausted", outcome);
    const waitMs = delaysMs[Math.min(failed.failures, delaysMs.length) - 1] ?? 0;
    queue.putOff({ ...failed, dueAt: Date.now() + waitMs });
  };
}

/**
 * Starts Lambda's queue of asynchronous events. Accepted events are processed at least once, also across restarts.
 * @throws MappingError for a destination that the function's role may not deliver to
 */
export function startAsyncInvocations(options: AsyncInvocationsOptions): AsyncInvocations {
  const { graph, log, dataFolder } = options;
  const queue = openEventQueue(dataFolder);
  const ended = new AbortController();
  const handle = createHandler(options, queue, ended.signal);
  const running = new Map<string, Promise<void>>();
  const waiters: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closing: Promise<void> | undefined;

  async function take(event: QueuedEvent): Promise<void> {
    try {
      await handle(event);
    } catch (error) {
      if (ended.signal.aborted) return;
      log.error("lambda", `an event was not dealt with: ${error}`, event.requestId);
      queue.putOff({ ...event, dueAt: Date.now() + refusalDelayMs(Number.POSITIVE_INFINITY) });
    }
  }

  function pump(): void {
    if (closing) return;
    clearTimeout(timer);
    const now = Date.now();
    for (const event of queue.due(now, [...running.keys()], mostOfFunction)) {
      const done = take(event).then(() => {
        running.delete(event.requestId);
        pump();
      });
      running.set(event.requestId, done);
    }
    const next = queue.nextDue(now);
    if (next !== undefined) timer = setTimeout(pump, next - now);
    if (running.size === 0 && queue.isEmpty()) for (const resolve of waiters.splice(0)) resolve();
  }

  async function closeAll(): Promise<void> {
    clearTimeout(timer);
    await Promise.race([Promise.all(running.values()), delay(graceMs, undefined, { ref: false })]);
    ended.abort();
    queue.close();
    for (const resolve of waiters.splice(0)) resolve();
  }

  pump();
  return {
    name: "async-invocations",
    async invokeAsync(reference, event, requestId = randomUUID()) {
      const fn = graph.functionOf(reference);
      if (!fn) throw new EventRefusedError(404, `Function not found: ${reference}`);
      const payload = JSON.stringify(event) ?? "null";
      const bytes = Buffer.byteLength(payload);
      if (bytes > eventLimit)
        throw new EventRefusedError(
          413,
          `${bytes} byte payload is too large for the Event invocation type (limit ${eventLimit} bytes)`,
        );
      const now = Date.now();
      queue.add({ requestId, functionArn: fn.arn, payload, acceptedAt: now, dueAt: now, failures: 0, refusals: 0 });
      pump();
    },
    drained() {
      return new Promise((resolve) => {
        waiters.push(resolve);
        pump();
      });
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}
