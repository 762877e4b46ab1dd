import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

/**
 * The stack for consumers of a queue that deal at once with all events of a batch that have one subject. Those that fail are reported and
 * come back, while the others are done with; the queue's redrive policy ends the repeating.
 *
 * @param readEvent makes an event of a message's body
 * @param subjectOf says what an event is about
 * @param processEvents says what became of the events of a subject, for the log
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
