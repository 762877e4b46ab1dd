import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

/** What became of a record, for the log: a word, or nothing when there is nothing to say. */
type Outcome = string | undefined;

type Records = readonly DynamoDBRecord[];

/**
 * The one stack for consumers of the table's stream. Records are processed in their order. The first that fails is reported and ends
 * the batch: Lambda repeats from there, so that nothing overtakes it, and the mapping's limits end the repeating.
 *
 * @param processTogether is given what was processed one by one, and says what else became of it; when it fails, the whole batch is
 * repeated
 */
export function consume(
  subscriber: string,
  processRecord: (record: DynamoDBRecord) => Promise<Outcome>,
  processTogether: (records: Records) => Promise<readonly string[]> = async () => [],
) {
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>({ timeoutEarlyInMillis: 0 }).handler(
    async ({ Records: records }, { awsRequestId }) => {
      const started = performance.now();
      const outcomes: Record<string, number> = {};
      const note = (outcome: string) => {
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      };
      const processed: DynamoDBRecord[] = [];
      const failedAlone = await firstFailure(records, async (record) => {
        note((await processRecord(record)) ?? "ignored");
        processed.push(record);
      });
      const failedTogether = await failureAt(records[0], async () => {
        for (const outcome of await processTogether(processed)) note(outcome);
      });
      const failed = failedTogether ?? failedAlone;
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

async function firstFailure(records: Records, process: (record: DynamoDBRecord) => Promise<void>) {
  for (const record of records) {
    const failure = await failureAt(record, () => process(record));
    if (failure) return failure;
  }
  return undefined;
}

/** How a step failed, if it did, and the record from which Lambda has to repeat. */
async function failureAt(record: DynamoDBRecord | undefined, step: () => Promise<void>) {
  try {
    await step();
    return undefined;
  } catch (error) {
    // An empty identifier makes Lambda repeat the whole batch, which is right for a record without a number.
    return { error, itemIdentifier: record?.dynamodb?.SequenceNumber ?? "" };
  }
}
