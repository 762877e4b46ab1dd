import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

/** Enough to end a step of the work, to hand over the rest, and to write the log. */
const reservedMilliseconds = 15_000;

/** What became of an event, for the log. */
type Outcome = string;

/**
 * The one stack for consumers of a queue of events. An event that fails is reported and comes back, while the others of its batch are
 * done with; the queue's redrive policy ends the repeating.
 *
 * @param readEvent makes an event of a message's body
 * @param processEvent is told how to ask whether there is time for another step of a long work
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
