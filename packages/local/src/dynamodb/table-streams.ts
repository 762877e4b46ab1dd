import { hash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { DynamoApi, DynamoEngine } from "./engine/engine.ts";
import type { Item } from "./request-body.ts";

/** A stream record in the format that Lambda functions receive. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly eventVersion: string;
  readonly eventSource: "aws:dynamodb";
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  /** Only present on removals by time to live. */
  readonly userIdentity?: { readonly type: "Service"; readonly principalId: "dynamodb.amazonaws.com" };
}

export interface Shard {
  readonly id: string;
  readonly parentId: string | undefined;
}

/** Where to start reading a shard. */
export type Position = "TRIM_HORIZON" | "LATEST" | { readonly after: string };

/** Result of one `GetRecords` call. `next` is undefined when the shard is closed and fully read. */
export interface Reading {
  readonly records: readonly StreamRecord[];
  /** Sequence number of the last record that was read, including records that are filtered out here. */
  readonly last: string | undefined;
  readonly next: string | undefined;
}

/** The streams of the graph's tables, for event source mappings and other consumers. */
export interface TableStreams {
  /** Identifies this stream. Differs after the table is created again. */
  identity(streamArn: string): string;
  shards(streamArn: string): Promise<Shard[]>;
  iterator(streamArn: string, shardId: string, position: Position): Promise<string>;
  read(streamArn: string, iterator: string): Promise<Reading>;
  /** Calls the listener after every write to a table. Returns a function that removes the listener. */
  onWrite(listener: () => void): () => void;
}

const api: DynamoApi = "DynamoDBStreams_20120810";

/** Whether a record is a change. DynamoDB writes no record for an unchanged item, but dynoxide does. */
export const isChange = ({ eventName, dynamodb: { OldImage, NewImage } }: StreamRecord): boolean =>
  eventName !== "MODIFY" || !OldImage || !NewImage || !isDeepStrictEqual(OldImage, NewImage);

/**
 * Completes an engine's record with AWS's members: the region, an id that is unique across streams, and the service
 * that removed the item.
 * @param isExpiry whether time to live made the removal in a record
 */
export function createRecordReader(
  region: string,
  isExpiry: (tableName: string, record: StreamRecord["dynamodb"]) => boolean,
) {
  return function recordOf(record: StreamRecord, streamArn: string): StreamRecord {
    const { eventName, eventVersion = "1.1", dynamodb } = record;
    const tableName = streamArn.split("/")[1] ?? "";
    const expired = eventName === "REMOVE" && (record.userIdentity !== undefined || isExpiry(tableName, dynamodb));
    return {
      eventID: hash("sha256", `${streamArn} ${dynamodb.SequenceNumber}`, "hex").slice(0, 32),
      eventName,
      eventVersion,
      eventSource: "aws:dynamodb",
      awsRegion: region,
      dynamodb,
      eventSourceARN: streamArn,
      ...(expired && { userIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" } }),
    };
  };
}

interface StreamDescription {
  readonly Shards?: readonly { readonly ShardId: string; readonly ParentShardId?: string }[];
  readonly LastEvaluatedShardId?: string;
}

/**
 * Creates the streams of the graph's tables.
 * @param options.engineArns the engine's stream ARNs by the graph's stream ARNs
 */
export function createTableStreams(options: {
  readonly engine: DynamoEngine;
  readonly engineArns: ReadonlyMap<string, string>;
  readonly recordOf: ReturnType<typeof createRecordReader>;
}): TableStreams & { written(): void } {
  const { engine, engineArns, recordOf } = options;
  const listeners = new Set<() => void>();
  const engineArn = (streamArn: string) => {
    const arn = engineArns.get(streamArn);
    if (arn === undefined) throw new Error(`No table of the graph has the stream ${streamArn}.`);
    return arn;
  };
  return {
    identity: engineArn,

    async shards(streamArn) {
      const shards: Shard[] = [];
      let start: string | undefined;
      do {
        const { StreamDescription: page } = await engine.call<{ StreamDescription: StreamDescription }>(
          "DescribeStream",
          { StreamArn: engineArn(streamArn), ...(start !== undefined && { ExclusiveStartShardId: start }) },
          api,
        );
        for (const shard of page.Shards ?? []) shards.push({ id: shard.ShardId, parentId: shard.ParentShardId });
        start = page.LastEvaluatedShardId;
      } while (start !== undefined);
      return shards;
    },

    async iterator(streamArn, shardId, position) {
      const where =
        typeof position === "string"
          ? { ShardIteratorType: position }
          : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position.after };
      const { ShardIterator } = await engine.call<{ ShardIterator: string }>(
        "GetShardIterator",
        { StreamArn: engineArn(streamArn), ShardId: shardId, ...where },
        api,
      );
      return ShardIterator;
    },

    async read(streamArn, iterator) {
      const { Records = [], NextShardIterator } = await engine.call<{
        Records?: StreamRecord[];
        NextShardIterator?: string;
      }>("GetRecords", { ShardIterator: iterator, Limit: 1000 }, api);
      return {
        records: Records.map((record) => recordOf(record, streamArn)).filter(isChange),
        last: Records.at(-1)?.dynamodb.SequenceNumber,
        next: NextShardIterator,
      };
    },

    onWrite(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    written() {
      for (const listener of listeners) listener();
    },
  };
}
