import { inParallel } from "@daybook/core/db/parallel";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { describeError, startLine } from "../log.ts";

interface Options {
  /** Number of records to process concurrently. Default 1, which preserves their order. */
  readonly recordsAtOnce?: number;
  /**
   * Processes the successful records together and returns outcomes for the log. If it fails, the whole batch is
   * repeated.
   */
  readonly processTogether?: (records: readonly DynamoDBRecord[]) => Promise<readonly string[]>;
}

/**
 * Creates the handler of a consumer of the table's stream. Reports the first failed record, from which Lambda repeats
 * the batch, and starts no records after it. Example: if record 2 of 3 fails, Lambda repeats 2 and 3.
 *
 * @param processRecord returns the outcome for the log, or undefined for a record that it ignored
 */
export function consumeStream(
  subscriber: string,
  processRecord: (record: DynamoDBRecord) => Promise<string | undefined>,
  { recordsAtOnce = 1, processTogether = async () => [] }: Options = {},
) {
  return async (
    { Records: records }: DynamoDBStreamEvent,
    { awsRequestId: requestId }: Context,
  ): Promise<DynamoDBBatchResponse> => {
    const outcomes: Record<string, number> = {};
    const write = startLine("batch", { requestId, subscriber, records: records.length, outcomes });
    const note = (outcome: string) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    const failures = new Map<number, unknown>();
    const firstFailed = () => Math.min(...failures.keys());
    const attempt = async (index: number, step: () => Promise<void>) => {
      if (firstFailed() >= index) await step().catch((error: unknown) => failures.set(index, error));
    };

    await inParallel([...records.entries()], recordsAtOnce, ([index, record]) =>
      attempt(index, async () => note((await processRecord(record)) ?? "ignored")),
    );
    const processed = records.slice(0, firstFailed());
    await attempt(0, async () => {
      for (const outcome of await processTogether(processed)) note(outcome);
    });

    if (failures.size === 0) {
      write({});
      return { batchItemFailures: [] };
    }
    // An empty identifier makes Lambda repeat the whole batch, which is right for a record without a sequence number.
    const itemIdentifier = records[firstFailed()]?.dynamodb?.SequenceNumber ?? "";
    write({}, { failedAt: itemIdentifier, error: describeError(failures.get(firstFailed())) });
    return { batchItemFailures: [{ itemIdentifier }] };
  };
}
