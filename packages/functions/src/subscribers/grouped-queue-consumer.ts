import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { logged } from "../log.ts";

/**
 * Creates the handler of a queue consumer that processes all events of a batch with the same subject together. If they
 * fail, it reports all their messages. SQS redelivers these, as with `consumeQueue`.
 *
 * @param readEvent parses a message's body
 * @param subjectOf returns the subject of an event
 * @param processEvents processes the events of a subject and returns the outcome for the log
 */
export function consumeQueueInGroups<Event, Subject extends string>(
  subscriber: string,
  readEvent: (body: string) => Event,
  subjectOf: (event: Event) => Subject,
  processEvents: (subject: Subject, events: readonly Event[]) => Promise<string>,
) {
  return async ({ Records }: SQSEvent, { awsRequestId: requestId }: Context): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    const attempt = (messageIds: readonly string[], step: () => Promise<string>) =>
      logged("events", { requestId, subscriber, messageIds }, async (add) => add({ outcome: await step() })).catch(() =>
        failed.push(...messageIds),
      );

    const readings: { readonly messageId: string; readonly event: Event }[] = [];
    for (const { messageId, body } of Records) {
      try {
        readings.push({ messageId, event: readEvent(body) });
      } catch (error) {
        await attempt([messageId], () => Promise.reject(error));
      }
    }
    for (const [subject, group] of Map.groupBy(readings, ({ event }) => subjectOf(event))) {
      const events = group.map(({ event }) => event);
      await attempt(
        group.map(({ messageId }) => messageId),
        () => processEvents(subject, events),
      );
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
