import { inParallel } from "@daybook/core/db/parallel";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { describeError, startLine } from "../log.ts";

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
 * Creates the handler of a consumer of the table's stream. Reports the first failed record, from which Lambda repeats
 * the batch, and starts no records after it. Example: if record 2 of 3 fails, Lambda repeats 2 and 3.
 */
export function consumeStream(
  subscriber: string,
  processRecord: (record: DynamoDBRecord) => Promise<Outcome>,
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
    const failures: { readonly index: number; readonly error: unknown }[] = [];
    const attempt = async (index: number, step: () => Promise<void>) => {
      if (failures.some((failure) => failure.index < index)) return;
      await step().catch((error: unknown) => failures.push({ index, error }));
    };

    await inParallel([...records.entries()], recordsAtOnce, ([index, record]) =>
      attempt(index, async () => note((await processRecord(record)) ?? "ignored")),
    );
    const processed = records.slice(0, Math.min(...failures.map(({ index }) => index)));
    await attempt(0, async () => {
      for (const outcome of await processTogether(processed)) note(outcome);
    });

    const [first] = failures.toSorted((a, b) => a.index - b.index);
    if (!first) {
      write({});
      return { batchItemFailures: [] };
    }
    // An empty identifier makes Lambda repeat the whole batch, which is right for a record without a sequence number.
    const itemIdentifier = records[first.index]?.dynamodb?.SequenceNumber ?? "";
    write({}, { failedAt: itemIdentifier, error: describeError(first.error) });
    return { batchItemFailures: [{ itemIdentifier }] };
  };
}
