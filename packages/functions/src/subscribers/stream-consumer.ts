import { inParallel } from "@daybook/core/db/parallel";
import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

/** What became of a record, for the log: a word, or nothing when there is nothing to say. */
type Outcome = string | undefined;

type Records = readonly DynamoDBRecord[];

interface Options {
  /** How many records are processed at the same time; one after the other, unless their order does not matter. */
  readonly recordsAtOnce?: number;
  /** Is given what was processed one by one, and says what else became of it; when it fails, the whole batch is repeated. */
  readonly processTogether?: (records: Records) => Promise<readonly string[]>;
}

/**
 * The one stack for consumers of the table's stream. The first record that fails is reported, and ends the batch: Lambda repeats from
 * there on.
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

/** How the first of the records failed that did; those after it are not begun any more. */
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

/** How a step failed, if it did, and the record from which Lambda has to repeat. */
async function failureAt(record: DynamoDBRecord | undefined, step: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    // An empty identifier makes Lambda repeat the whole batch, which is right for a record without a number.
    return { error, itemIdentifier: record?.dynamodb?.SequenceNumber ?? "" };
  }
}
