import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

/**
 * Creates the stack of queue consumers that process all events of a batch with the same subject together. Failed
 * messages are reported and redelivered without the others, until the queue's redrive policy moves them to the
 * dead-letter queue.
 *
 * @param readEvent parses a message's body
 * @param subjectOf returns the subject of an event
 * @param processEvents processes the events of a subject and returns the outcome for the log
 */
export function consumeQueueInGroups<Event extends { readonly type: string }, Subject extends string>(
  subscriber: string,
  readEvent: (body: string) => Event,
  subjectOf: (event: Event) => Subject,
  processEvents: (subject: Subject, events: readonly Event[]) => Promise<string>,
) {
  return middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 }).handler(
    async ({ Records: records }, { awsRequestId: requestId }) => {
      const failed: string[] = [];
      const attempt = async (messageIds: readonly string[], run: () => Promise<{ outcome?: string }>) => {
        const started = performance.now();
        const fields = () => ({
          ...{ requestId, subscriber, messageIds },
          durationMs: Math.round((performance.now() - started) * 10) / 10,
          coldStart: isColdStart(),
        });
        try {
          const { outcome } = await run();
          if (outcome !== undefined) logger.info("events", { ...fields(), outcome });
        } catch (error) {
          failed.push(...messageIds);
          logger.error("events", { ...fields(), error: describeError(error) });
        }
      };

      const readings: { readonly messageId: string; readonly event: Event }[] = [];
      for (const { messageId, body } of records) {
        await attempt([messageId], async () => {
          readings.push({ messageId, event: readEvent(body) });
          return {};
        });
      }
      for (const [subject, group] of Map.groupBy(readings, ({ event }) => subjectOf(event))) {
        const ids = group.map(({ messageId }) => messageId);
        const events = group.map(({ event }) => event);
        await attempt(ids, async () => ({ outcome: await processEvents(subject, events) }));
      }
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    },
  );
}
