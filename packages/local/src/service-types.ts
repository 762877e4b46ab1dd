import type { Statement } from "./graph/graph.ts";

/** A running part of the local cloud: a server, a poller or a pool of workers. */
export interface Emulator {
  /** `AWS_ENDPOINT_URL_<SERVICE>` → URL, for SDK clients. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Accepts the deliveries of other services to its resources, by the service in their ARNs: `sqs`. */
  readonly accepts?: Readonly<Record<string, Deliver>>;
  /** Stops it and everything it started. Resolves when all of it has ended. Safe to call twice. */
  close(): Promise<void>;
}

/** Lambda's error format. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/**
 * Result of an invocation.
 * - `refusal`: the function was not run. The value is the HTTP status of Lambda's API (404, 413, 429, 500).
 * - `reason`: the limit that a 429 exceeds, `Reason` of a TooManyRequestsException.
 */
export type InvokeResult =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: FunctionError; readonly refusal?: number; readonly reason?: string };

/**
 * Returns whether the event did not reach the function because of throttling or a service fault. Such an event is safe
 * to retry, and uses up no retry.
 */
export const isUnreached = (result: InvokeResult): boolean =>
  !result.ok && (result.refusal === 429 || result.refusal === 500);

/** Invokes a function synchronously. */
export interface Invoker {
  /**
   * @param functionReference ARN, physical name or graph name
   * @param event serialized as JSON, as Lambda does
   * @param requestId identifies the invocation in the logs; a new one by default
   */
  invoke(functionReference: string, event: unknown, requestId?: string): Promise<InvokeResult>;
}

/** Invokes a function asynchronously, as SNS, S3 and schedules do. */
export interface AsyncInvoker {
  /**
   * Resolves when the event is on disk and survives a crash. Retries, maximum age and destinations are those of the
   * function.
   * @param functionReference ARN, physical name or graph name
   * @param requestId identifies the event in the logs; a new one by default
   * @throws EventRefusedError for an unknown function, and for an event over 1 MB
   */
  invokeAsync(functionReference: string, event: unknown, requestId?: string): Promise<void>;
}

/** Message attributes of SQS and SNS. */
export type MessageAttributes = Readonly<
  Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }>
>;

/**
 * Delivers a message of one service to a queue, a topic or a function. When it resolves, the message survives a crash.
 * A function receives the body as its event. The caller has already checked the permission.
 * @throws when the target does not exist or refuses the message
 */
export type Deliver = (targetArn: string, body: string, attributes?: MessageAttributes) => Promise<void>;

/** The log that the developer reads. One line per call. `requestId` links the lines of one request. */
export interface Log {
  info(source: string, message: string, requestId?: string): void;
  warn(source: string, message: string, requestId?: string): void;
  error(source: string, message: string, requestId?: string): void;
}

/** Mail sent by an emulator to the mailbox. Addresses may include a name: `Ada <ada@example.com>`. */
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

/** Accepts mail durably: when the promise resolves, the mail survives a crash. */
export interface Mailbox {
  deliver(mail: Mail): Promise<{ messageId: string }>;
}

/**
 * The caller of a service: a function with its role's statements, or the developer, who has no statements and may do
 * everything.
 */
export interface Principal {
  readonly secretAccessKey: string;
  readonly name: string;
  readonly arn: string;
  readonly statements?: readonly Statement[];
}

/** By access key id. */
export type Principals = ReadonlyMap<string, Principal>;
