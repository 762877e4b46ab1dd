import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

/** What became of a record, for the log: a word, or nothing when there is nothing to say. */
type Outcome = string | undefined;

/**
 * The one stack for consumers of the table's stream. Records are processed in their order. The first that fails is reported and ends
 * the batch: Lambda repeats from there, so that nothing overtakes it, and the mapping's limits end the repeating.
 */
export function consume(subscriber: string, processRecord: (record: DynamoDBRecord) => Promise<Outcome>) {
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>({ timeoutEarlyInMillis: 0 }).handler(
    async ({ Records: records }, { awsRequestId }) => {
      const started = performance.now();
      const outcomes: Record<string, number> = {};
      const failed = await firstFailure(records, async (record) => {
        const outcome = (await processRecord(record)) ?? "ignored";
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      });
      const fields = {
        requestId: awsRequestId,
        subscriber,
        records: records.length,
        outcomes,
        durationMs: Math.round((performance.now() - started) * 10) / 10,
        coldStart: isColdStart(),
      };
      if (!failed) logger.info("batch", fields);
      else logger.error("batch", { ...fields, failedAt: failed.itemIdentifier, error: describeError(failed.error) });
      return { batchItemFailures: failed ? [{ itemIdentifier: failed.itemIdentifier }] : [] };
    },
  );
}

async function firstFailure(records: readonly DynamoDBRecord[], process: (record: DynamoDBRecord) => Promise<void>) {
  for (const record of records) {
    try {
      await process(record);
    } catch (error) {
      // An empty identifier makes Lambda repeat the whole batch, which is right for a record without a number.
      return { error, itemIdentifier: record.dynamodb?.SequenceNumber ?? "" };
    }
  }
  return undefined;
}
