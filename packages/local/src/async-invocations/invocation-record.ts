import type { InvokeResult, MessageAttributes } from "../service-types.ts";
import type { QueuedEvent } from "./event-queue.ts";

/** How an asynchronous event ended. */
export type Condition = "Success" | "RetriesExhausted" | "EventAgeExceeded";

const responseOf = (outcome: InvokeResult) => (outcome.ok ? outcome.result : outcome.error);

/**
 * Builds Lambda's record for a destination: the event, and the function's last response if there was one.
 * @param invocations how often the function was run
 */
export function invocationRecord(
  event: QueuedEvent,
  condition: Condition,
  outcome: InvokeResult | undefined,
  invocations: number,
) {
  return {
    version: "1.0",
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${event.functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: invocations,
    },
    requestPayload: JSON.parse(event.payload) as unknown,
    ...(outcome && {
      responseContext: {
        statusCode: 200,
        executedVersion: "$LATEST",
        ...(!outcome.ok && { functionError: "Unhandled" }),
      },
      responsePayload: responseOf(outcome),
    }),
  };
}

/** Maximum length of an error in a message attribute. */
const errorLimit = 1024;

/** Returns the attributes of a dead-letter message, whose body is the event. */
export function deadLetterAttributes(event: QueuedEvent, outcome: InvokeResult | undefined): MessageAttributes {
  const message = outcome && !outcome.ok ? outcome.error.errorMessage : "The event exceeded its maximum age.";
  return {
    RequestID: { DataType: "String", StringValue: event.requestId },
    ErrorCode: { DataType: "Number", StringValue: outcome && !outcome.ok ? String(outcome.refusal ?? 200) : "200" },
    // SQS refuses empty values.
    ErrorMessage: { DataType: "String", StringValue: message.slice(0, errorLimit) || " " },
  };
}
