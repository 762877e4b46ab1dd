import type { FunctionError } from "../../service-types.ts";

/** What a runtime is started with. */
export interface RuntimeSettings {
  /** The bundle. */
  readonly file: string;
  /** The export that handles events. */
  readonly handler: string;
  /** `index.handler`, as errors name it. */
  readonly handlerName: string;
  readonly runtime: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** MB */
  readonly memory: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** V8 keeps compiled code here, so that the next cold start does not compile again. */
  readonly compileCacheFolder: string;
}

/** One event for a runtime. */
export interface Invocation {
  readonly requestId: string;
  /** JSON */
  readonly payload: string;
  /** Milliseconds since the epoch, when the function's time is over. */
  readonly deadline: number;
  readonly traceId: string;
}

export type LogLevel = "info" | "warn" | "error";

/** What a runtime says. */
export type RuntimeMessage =
  | { readonly type: "ready" }
  | { readonly type: "log"; readonly level: LogLevel; readonly text: string }
  /** JSON */
  | { readonly type: "result"; readonly payload: string }
  | { readonly type: "error"; readonly error: FunctionError }
  /** The last word of an instance: it could not start, or an exception that nobody caught ended it. */
  | { readonly type: "dead"; readonly error: FunctionError };
