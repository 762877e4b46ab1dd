import type { FunctionError, InvokeResult } from "../../service-types.ts";
import type { Invocation, LogLevel, RuntimeMessage } from "../runtime/messages.ts";
import type { Ending, Host, HostOptions } from "./runtime-host.ts";

/** One execution environment of a function. It handles one event at a time. */
export interface Instance {
  readonly dead: boolean;
  invoke(invocation: Omit<Invocation, "deadline">): Promise<InvokeResult>;
  stop(): Promise<void>;
}

export interface InstanceOptions {
  /** Timeout in seconds. */
  readonly timeout: number;
  readonly host: (events: Pick<HostOptions, "onMessage" | "onOutput" | "onEnd">) => Host;
  /** Receives all output, with the id of the current or last request. */
  readonly onLog: (level: LogLevel, text: string, requestId: string | undefined) => void;
  /** Called once, after the first event has waited for the handler to load. */
  readonly onReady: (milliseconds: number, requestId: string | undefined) => void;
  /** Called once, when the instance has ended or was stopped. */
  readonly onDead: (instance: Instance) => void;
}

/** Loading the handler does not count toward the function's timeout, up to this limit in milliseconds. */
const initLimitMs = 10_000;

function exitError(ending: Ending, requestId: string): FunctionError {
  const reason = (words: string) => `RequestId: ${requestId} Error: Runtime exited ${words}`;
  if ("killed" in ending) return { errorType: "Runtime.ExitError", errorMessage: reason("with error: signal: killed") };
  const words = ending.exitCode === 0 ? "without providing a reason" : `with error: exit status ${ending.exitCode}`;
  return { errorType: "Runtime.ExitError", errorMessage: reason(words) };
}

const timeoutError = (seconds: number, requestId: string): FunctionError => ({
  errorType: "Sandbox.Timedout",
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

/** Starts an execution environment; the first event waits until it is ready. */
export function startInstance({ timeout, host: startHost, onLog, onReady, onDead }: InstanceOptions): Instance {
  const startedAt = performance.now();
  const ready = Promise.withResolvers<void>();
  let pending: ((result: InvokeResult) => void) | undefined;
  let lastRequestId: string | undefined;
  let dead = false;
  let timer: NodeJS.Timeout | undefined;

  const settle = (result: InvokeResult) => {
    clearTimeout(timer);
    pending?.(result);
    pending = undefined;
  };
  const die = (error: (requestId: string) => FunctionError) => {
    settle({ ok: false, error: error(lastRequestId ?? "") });
    if (dead) return;
    dead = true;
    ready.resolve();
    onDead(instance);
  };
  const onMessage = (message: RuntimeMessage) => {
    if (message.type === "ready") {
      onReady(Math.round(performance.now() - startedAt), lastRequestId);
      ready.resolve();
    } else if (message.type === "log") onLog(message.level, message.text, lastRequestId);
    else if (message.type === "result") settle({ ok: true, result: JSON.parse(message.payload) });
    else if (message.type === "error") settle({ ok: false, error: message.error });
    else die(() => message.error);
  };
  const expire = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      die((requestId) => timeoutError(timeout, requestId));
      void host.stop();
    }, milliseconds);
  };

  const host = startHost({
    onMessage,
    onOutput: (text) => text !== "" && onLog("error", text, lastRequestId),
    onEnd: (ending) => die((requestId) => exitError(ending, requestId)),
  });
  const instance: Instance = {
    get dead() {
      return dead;
    },
    invoke(invocation) {
      lastRequestId = invocation.requestId;
      const { promise, resolve } = Promise.withResolvers<InvokeResult>();
      pending = resolve;
      const milliseconds = timeout * 1000;
      expire(initLimitMs + milliseconds);
      ready.promise.then(() => {
        if (dead || pending !== resolve) return;
        expire(milliseconds);
        host.send({ ...invocation, deadline: Date.now() + milliseconds });
      });
      return promise;
    },
    async stop() {
      die((requestId) => exitError({ killed: true }, requestId));
      await host.stop();
    },
  };
  return instance;
}
