import { randomUUID } from "node:crypto";
import { ended, once } from "../closing.ts";
import type { ResolvedFunction } from "../graph/graph.ts";
import type { Ground } from "../service.ts";
import { type AsyncInvoker, type Emulator, type InvokeResult, type Invoker, isUnreached } from "../service-types.ts";
import { backOffMs } from "../streams/batch.ts";
import { type EventQueue, openEventQueue, type QueuedEvent } from "./event-queue.ts";
import { type EventSettings, eventSettingsOf } from "./event-settings.ts";
import { type Condition, deadLetterAttributes, invocationRecord } from "./invocation-record.ts";

/**
 * Milliseconds before each retry. AWS waits one minute before the first and two before the second; local development
 * uses seconds.
 */
export const retryDelaysMs: readonly number[] = [1000, 2000];

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

export interface AsyncInvocationsOptions extends Pick<Ground, "graph" | "deliver" | "dataFolder" | "log"> {
  readonly invoker: Invoker;
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
      if (one.status === "rejected")
        log.error(fn.name, `cannot deliver to a destination: ${one.reason}`, event.requestId);
    }
    if (success) return;
    const where = told.some((one) => one !== false) ? "and reported it to its destination" : "without a destination";
    log.warn(fn.name, `gave up an event (${condition}) ${where}`, event.requestId);
  };
}

/** Processes an event once: runs its function, then removes the event or schedules a retry. */
function createHandler(options: AsyncInvocationsOptions, queue: EventQueue, stopped: AbortSignal) {
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
      log.warn("lambda", `dropped an event: the function ${event.functionArn} no longer exists`, event.requestId);
      return queue.remove(event.requestId);
    }
    const { retries, maximumAgeSeconds } = settingsOf(fn);
    if (Date.now() - event.acceptedAt > maximumAgeSeconds * 1000) return end(fn, event, "EventAgeExceeded");
    const outcome = await invoker.invoke(fn.arn, JSON.parse(event.payload), event.requestId);
    // The event stays unchanged on disk, and the next start resumes it.
    if (stopped.aborted) return;
    if (outcome.ok) return end(fn, event, "Success", outcome);
    if (isUnreached(outcome)) {
      const refusals = event.refusals + 1;
      // AWS waits 1 s to 5 min.
      return queue.putOff({ ...event, refusals, dueAt: Date.now() + backOffMs(refusals) });
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
  const stopped = new AbortController();
  const handle = createHandler(options, queue, stopped.signal);
  const running = new Map<string, Promise<void>>();
  const waiters: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closing = false;

  async function take(event: QueuedEvent): Promise<void> {
    try {
      await handle(event);
    } catch (error) {
      if (stopped.signal.aborted) return;
      log.error("lambda", `cannot process an event, retrying: ${error}`, event.requestId);
      queue.putOff({ ...event, dueAt: Date.now() + backOffMs(Number.POSITIVE_INFINITY) });
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

  const close = once(async () => {
    closing = true;
    clearTimeout(timer);
    await ended(running.values());
    stopped.abort();
    queue.close();
    for (const resolve of waiters.splice(0)) resolve();
  });

  const invokeAsync: AsyncInvoker["invokeAsync"] = async (reference, event, requestId = randomUUID()) => {
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
  };

  pump();
  return {
    accepts: { lambda: async (functionArn, body) => invokeAsync(functionArn, JSON.parse(body)) },
    invokeAsync,
    drained() {
      return new Promise((resolve) => {
        waiters.push(resolve);
        pump();
      });
    },
    close,
  };
}
