import type { Statement } from "./graph/graph.ts";

/** A part of the local cloud that runs: a server, a poller, a pool of workers. */
export interface Emulator {
  readonly name: string;
  /** `AWS_ENDPOINT_URL_<SERVICE>` → URL, for SDK clients. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Stops it and all that it started; resolves when nothing of it runs any more. Safe to call twice. */
  close(): Promise<void>;
}

/** Lambda's own error shape. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/**
 * What became of an invocation. `refusal`: the function was not run; the status by which Lambda's API says why (404, 413, 429, 500).
 * `reason`: which limit a 429 exceeds, `Reason` of a TooManyRequestsException.
 */
export type InvokeResult =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: FunctionError; readonly refusal?: number; readonly reason?: string };

/** Whether the event did not reach the function, for throttling or for a fault of the service: it may be tried again, and uses up no retry. */
export const isUnreached = (result: InvokeResult): boolean =>
  !result.ok && (result.refusal === 429 || result.refusal === 500);

/** Invokes a function synchronously. */
export interface Invoker {
  /**
   * @param functionReference ARN, physical name or graph name
   * @param event serialised as JSON on the way, as by Lambda
   * @param requestId what the logs of this call are to be found by; a new one by default
   */
  invoke(functionReference: string, event: unknown, requestId?: string): Promise<InvokeResult>;
}

/** Invokes a function asynchronously, as SNS, S3 and schedules do. */
export interface AsyncInvoker {
  /**
   * Resolves when the event is on disk: a crash does not lose it. Retries, age and destinations are the function's own.
   * @param functionReference ARN, physical name or graph name
   * @param requestId what the logs of this event are to be found by; a new one by default
   * @throws EventRefusedError for a function that does not exist, and for an event over 1 MB
   */
  invokeAsync(functionReference: string, event: unknown, requestId?: string): Promise<void>;
}

/** Attributes of a message, as SQS and SNS have them. */
export type MessageAttributes = Readonly<
  Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }>
>;

/**
 * Brings what a service has for another one to a queue, a topic or a function, by its ARN; when it resolves, a crash does not lose it.
 * A function gets the body as its event. Whoever calls has asked for the permission.
 * @throws when the target does not exist or does not take it
 */
export type Deliver = (targetArn: string, body: string, attributes?: MessageAttributes) => Promise<void>;

/** Where a person follows what happens. One line a call; `requestId` ties the lines of one request together. */
export interface Log {
  info(source: string, message: string, requestId?: string): void;
  warn(source: string, message: string, requestId?: string): void;
  error(source: string, message: string, requestId?: string): void;
}

/** Mail that leaves an emulator for the mailbox. Addresses may carry a name: `Ada <ada@example.com>`. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly replyTo?: readonly string[];
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  /** `content` is base64. */
  readonly attachments?: readonly {
    readonly content: string;
    readonly contentType: string;
    readonly filename?: string;
  }[];
}

/** Accepts mail durably: when the promise resolves, a crash does not lose it. */
export interface Mailbox {
  deliver(mail: Mail): Promise<{ messageId: string }>;
}

/** Who calls a service: a function with its role's statements, or the developer (no statements: everything is allowed). */
export interface Principal {
  readonly secretAccessKey: string;
  readonly name: string;
  readonly arn: string;
  readonly statements?: readonly Statement[];
}

/** By access key id. */
export type Principals = ReadonlyMap<string, Principal>;
