import { enableCompileCache } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { captureOutput } from "./console.ts";
import { functionError, importError, runtimeError, unhandledRejection } from "./errors.ts";
import type { Invocation, RuntimeMessage, RuntimeSettings } from "./messages.ts";
import { refuseAws } from "./network.ts";
import { plainHttpsTo } from "./plain-https.ts";
import { awslambda, callStreaming, isStreaming } from "./streaming.ts";

/** Connects a runtime to the pool that started it. */
export interface Channel {
  /** @param sent called when the message was sent */
  send(message: RuntimeMessage, sent?: () => void): void;
  onInvocation(listener: (invocation: Invocation) => void): void;
}

type Callback = (error: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: object, callback?: Callback) => unknown;

const isHandler = (value: unknown): value is Handler => typeof value === "function";

/** Last Node.js version with callback handlers. Newer runtimes refuse to start a handler with a callback. */
const lastWithCallbacks = 22;

const versionOf = (runtime: string) => Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? lastWithCallbacks);

async function load({ file, handler, handlerName, runtime }: RuntimeSettings): Promise<Handler> {
  const loaded: Record<string, unknown> = await import(pathToFileURL(file).href).catch((error) => {
    throw importError(error);
  });
  const inner = loaded.default;
  const found =
    loaded[handler] ?? (typeof inner === "object" && inner !== null ? Reflect.get(inner, handler) : undefined);
  if (!isHandler(found)) throw runtimeError("Runtime.HandlerNotFound", `${handlerName} is undefined or not exported`);
  if (versionOf(runtime) > lastWithCallbacks && found.length > 2 && !isStreaming(found)) {
    const message = `${handlerName} takes a callback, which ${runtime} does not support. Return a promise instead`;
    throw runtimeError("Runtime.CallbackHandlerDeprecated", message);
  }
  return found;
}

function contextOf(settings: RuntimeSettings, { requestId, deadline }: Invocation, callback: Callback): object {
  return {
    awsRequestId: requestId,
    functionName: settings.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memory),
    logGroupName: settings.logGroupName,
    logStreamName: settings.logStreamName,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    ...(versionOf(settings.runtime) <= lastWithCallbacks && {
      callbackWaitsForEmptyEventLoop: true,
      done: callback,
      fail: (error: unknown) => callback(error),
      succeed: (result: unknown) => callback(null, result),
    }),
  };
}

/** Returns the handler's result, from its promise or, in older runtimes, its callback. */
function call(handler: Handler, settings: RuntimeSettings, invocation: Invocation): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => (error ? reject(error) : resolve(result));
    const event: unknown = JSON.parse(invocation.payload);
    const context = contextOf(settings, invocation, callback);
    if (isStreaming(handler)) return resolve(callStreaming(handler, event, context));
    if (versionOf(settings.runtime) > lastWithCallbacks) return resolve(handler(event, context));
    const returned = handler(event, context, callback);
    if (returned instanceof Promise || handler.length < 3) resolve(returned);
  });
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? "null";
  } catch {
    throw runtimeError("Runtime.JSONStringifyError", "Unable to stringify response body");
  }
}

/** Maximum size in bytes of a response that is not streamed: 6 MB plus 100 bytes. */
const answerLimit = 6 * 1024 * 1024 + 100;

async function answer(handler: Handler, settings: RuntimeSettings, invocation: Invocation): Promise<string> {
  const payload = stringify(await call(handler, settings, invocation));
  if (!isStreaming(handler) && Buffer.byteLength(payload) > answerLimit) {
    const message = `Response payload size exceeded maximum allowed payload size (${answerLimit} bytes).`;
    throw runtimeError("Function.ResponseSizeTooLarge", message);
  }
  return payload;
}

/** Implements the Lambda runtime for a Node.js bundle: loads its handler and passes it one event at a time. */
export async function serve(settings: RuntimeSettings, channel: Channel): Promise<void> {
  captureOutput((level, text) => text !== "" && channel.send({ type: "log", level, text }));
  const die = (thrown: unknown, exitCode: number) =>
    channel.send({ type: "dead", error: functionError(thrown) }, () => process.exit(exitCode));
  process.on("uncaughtException", (error) => die(error, 129));
  process.on("unhandledRejection", (reason) => die(unhandledRejection(reason), 128));
  Object.assign(globalThis, { awslambda });
  refuseAws((host) => channel.send({ type: "log", level: "error", text: `Refused a connection to AWS: ${host}` }));
  if (settings.distributionPort !== undefined) plainHttpsTo(settings.distributionPort);
  enableCompileCache(path.resolve(settings.compileCacheFolder));
  let handler: Handler;
  try {
    handler = await load(settings);
  } catch (error) {
    return die(error, 1);
  }
  channel.onInvocation(async (invocation) => {
    process.env._X_AMZN_TRACE_ID = invocation.traceId;
    try {
      channel.send({ type: "result", payload: await answer(handler, settings, invocation) });
    } catch (error) {
      channel.send({ type: "error", error: functionError(error) });
    }
  });
  channel.send({ type: "ready" });
}
