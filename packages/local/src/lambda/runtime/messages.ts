import type { FunctionError } from "../../service-types.ts";

/** Start settings of a runtime. */
export interface RuntimeSettings {
  /** Path of the bundle. */
  readonly file: string;
  /** Name of the export that handles events. */
  readonly handler: string;
  /** `index.handler`, the name used in errors. */
  readonly handlerName: string;
  readonly runtime: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** Memory in MB. */
  readonly memory: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** V8's compile cache, which makes the next cold start faster. */
  readonly compileCacheFolder: string;
  /** Port of the distribution, which functions reach without TLS. */
  readonly distributionPort?: number | undefined;
}

/** One event for a runtime. */
export interface Invocation {
  readonly requestId: string;
  /** JSON */
  readonly payload: string;
  /** Deadline of the invocation, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly traceId: string;
}

export type LogLevel = "info" | "warn" | "error";

/** Messages from a runtime. */
export type RuntimeMessage =
  | { readonly type: "ready" }
  | { readonly type: "log"; readonly level: LogLevel; readonly text: string }
  /** JSON */
  | { readonly type: "result"; readonly payload: string }
  | { readonly type: "error"; readonly error: FunctionError }
  /** Last message of an instance that could not start or that an uncaught exception ended. */
  | { readonly type: "dead"; readonly error: FunctionError };
