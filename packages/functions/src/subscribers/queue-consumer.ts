import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { logged } from "../log.ts";

/** Time reserved to finish a step, send the rest to the queue and write the log. */
const reservedMilliseconds = 15_000;

/** Returns a function that parses the JSON of a message's body. */
export const json =
  <Event>(schema: z.ZodType<Event>) =>
  (body: string): Event =>
    schema.parse(JSON.parse(body));

/**
 * Creates the handler of a queue consumer. Processes the messages one after the other and reports the failed ones. SQS
 * redelivers these, until the queue's redrive policy moves them to the dead-letter queue.
 *
 * @param readEvent parses a message's body
 * @param processEvent receives a function that tells whether there is time for another step. Returns the outcome for
 * the log
 */
export function consumeQueue<Event extends { readonly type: string }>(
  subscriber: string,
  readEvent: (body: string) => Event,
  processEvent: (event: Event, hasTime: () => boolean) => Promise<string>,
) {
  const processor = new BatchProcessor(EventType.SQS);
  return (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const { awsRequestId: requestId } = context;
    const hasTime = () => context.getRemainingTimeInMillis() > reservedMilliseconds;
    const processMessage = ({ messageId, body, attributes }: SQSRecord) => {
      const receiveCount = Number(attributes.ApproximateReceiveCount);
      return logged("event", { requestId, subscriber, messageId, receiveCount }, async (add) => {
        const event = readEvent(body);
        add({ event: event.type, outcome: await processEvent(event, hasTime) });
      });
    };
    const options = { processInParallel: false, throwOnFullBatchFailure: false } as const;
    return processPartialResponse(batch, processMessage, processor, options);
  };
}
