import { inParallel } from "@daybook/core/db/parallel";
import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

/** Outcome of a record for the log, or undefined if it was ignored. */
type Outcome = string | undefined;

type Records = readonly DynamoDBRecord[];

interface Options {
  /** Number of records to process concurrently. Default 1, which preserves their order. */
  readonly recordsAtOnce?: number;
  /**
   * Processes the successful records together and returns outcomes for the log. If it fails, the whole batch is
   * repeated.
   */
  readonly processTogether?: (records: Records) => Promise<readonly string[]>;
}

/**
 * Creates the stack of consumers of the table's stream. Reports the first failed record, from which Lambda repeats the
 * batch. Example: if record 2 of 3 fails, Lambda repeats 2 and 3.
 */
export function consumeStream(
  subscriber: string,
  processRecord: (record: DynamoDBRecord) => Promise<Outcome>,
  { recordsAtOnce = 1, processTogether = async () => [] }: Options = {},
) {
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>({ timeoutEarlyInMillis: 0 }).handler(
    async ({ Records: records }, { awsRequestId }) => {
      const started = performance.now();
      const outcomes: Record<string, number> = {};
      const note = (outcome: string) => {
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      };
      const failedAlone = await firstFailure(records, recordsAtOnce, async (record) => {
        note((await processRecord(record)) ?? "ignored");
      });
      const processed = records.slice(0, failedAlone?.index);
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

/** Returns the first failure in the order of the records. Starts no records after a failed one. */
async function firstFailure(records: Records, atOnce: number, process: (record: DynamoDBRecord) => Promise<void>) {
  let first: (Failure & { readonly index: number }) | undefined;
  await inParallel([...records.entries()], atOnce, async ([index, record]) => {
    if (first && first.index < index) return;
    const failure = await failureAt(record, () => process(record));
    if (failure && (!first || index < first.index)) first = { ...failure, index };
  });
  return first;
}

interface Failure {
  readonly error: unknown;
  readonly itemIdentifier: string;
}

/** Runs a step and returns its failure, if any, with the record from which Lambda must repeat the batch. */
async function failureAt(record: DynamoDBRecord | undefined, step: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    // An empty identifier makes Lambda repeat the whole batch, which is right for a record without a sequence number.
    return { error, itemIdentifier: record?.dynamodb?.SequenceNumber ?? "" };
  }
}
