import {
  type _Record,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import * as z from "zod";

/** Lambda's message to an on-failure destination about a batch of a stream. It holds the position of the records. */
export const StreamFailure = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number(),
    streamArn: z.string(),
  }),
});
export type StreamFailure = z.output<typeof StreamFailure>;

/** The stream no longer has the records. It keeps them for 24 hours. */
export class RecordsForgottenError extends Error {
  override readonly name = "RecordsForgottenError";
}

/** Converts a record to Lambda's event format: times in seconds, bytes as base64. */
const asEvent = ({ dynamodb, ...record }: _Record, streamArn: string): object => ({
  ...record,
  eventSourceARN: streamArn,
  dynamodb: {
    ...dynamodb,
    ApproximateCreationDateTime: (dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
  },
});

const bytesAsText = (_: string, value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;

/**
 * Reads the records of a failed batch again, in the format in which the function received them.
 * @param wants filter of the function's mapping; the shard also holds other records between the batch's ends
 * @throws RecordsForgottenError after 24 hours
 */
export async function readAgain(
  streams: DynamoDBStreamsClient,
  { DDBStreamBatchInfo: { shardId, startSequenceNumber, endSequenceNumber, streamArn } }: StreamFailure,
  wants: (record: unknown) => boolean,
): Promise<unknown[]> {
  const records: _Record[] = [];
  const last = BigInt(endSequenceNumber);
  const passed = () => BigInt(records.at(-1)?.dynamodb?.SequenceNumber ?? -1) >= last;
  try {
    const place = { StreamArn: streamArn, ShardId: shardId, SequenceNumber: startSequenceNumber } as const;
    const command = new GetShardIteratorCommand({ ...place, ShardIteratorType: "AT_SEQUENCE_NUMBER" });
    let { ShardIterator: iterator } = await streams.send(command);
    while (iterator !== undefined && !passed()) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
      records.push(...(page.Records ?? []));
      // An open shard always has a next page. A page without records is its current end.
      iterator = page.Records?.length ? page.NextShardIterator : undefined;
    }
  } catch (error) {
    if (error instanceof Error && /TrimmedDataAccess|ResourceNotFound/.test(error.name))
      throw new RecordsForgottenError("The stream keeps records for 24 hours", { cause: error });
    throw error;
  }
  const batch = records.filter(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0) <= last);
  const events: unknown[] = JSON.parse(
    JSON.stringify(
      batch.map((record) => asEvent(record, streamArn)),
      bytesAsText,
    ),
  );
  return events.filter(wants);
}
