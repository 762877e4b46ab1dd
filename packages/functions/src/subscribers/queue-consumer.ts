import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

/** Time reserved to finish a step, send the rest to the queue and write the log. */
const reservedMilliseconds = 15_000;

/** Outcome of an event, for the log. */
type Outcome = string;

/**
 * Creates the stack of queue consumers. Failed messages are reported and redelivered without the others, until the
 * queue's redrive policy moves them to the dead-letter queue.
 *
 * @param readEvent parses a message's body
 * @param processEvent receives a function that tells whether there is time for another step
 */
export function consumeQueue<Event extends { readonly type: string }>(
  subscriber: string,
  readEvent: (body: string) => Event,
  processEvent: (event: Event, hasTime: () => boolean) => Promise<Outcome>,
) {
  return middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 }).handler(
    async ({ Records: records }, { awsRequestId, getRemainingTimeInMillis }) => {
      const hasTime = () => getRemainingTimeInMillis() > reservedMilliseconds;
      const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
      for (const { messageId, body, attributes } of records) {
        const started = performance.now();
        const fields = () => ({
          requestId: awsRequestId,
          subscriber,
          messageId,
          receiveCount: Number(attributes.ApproximateReceiveCount),
          durationMs: Math.round((performance.now() - started) * 10) / 10,
          coldStart: isColdStart(),
        });
        try {
          const event = readEvent(body);
          const outcome = await processEvent(event, hasTime);
          logger.info("event", { ...fields(), event: event.type, outcome });
        } catch (error) {
          batchItemFailures.push({ itemIdentifier: messageId });
          logger.error("event", { ...fields(), error: describeError(error) });
        }
      }
      return { batchItemFailures };
    },
  );
}
