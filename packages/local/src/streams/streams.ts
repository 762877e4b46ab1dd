import { ended, once } from "../closing.ts";
import { deliveryAction } from "../deliver.ts";
import type { Dynamo } from "../dynamodb/dynamodb.ts";
import type { Ground } from "../service.ts";
import type { Emulator, Invoker } from "../service-types.ts";
import { type Checkpoints, openCheckpoints } from "./checkpoints.ts";
import { createDelivery } from "./delivery.ts";
import { type Mapping, MappingError, mappingsOf, requireGrants } from "./event-source-mapping.ts";
import { readShard } from "./shard.ts";

export interface StreamMappingOptions extends Pick<Ground, "graph" | "deliver" | "dataFolder" | "log"> {
  readonly dynamo: Pick<Dynamo, "streams">;
  readonly invoker: Invoker;
}

/** Polls table streams and invokes functions with their records, as Lambda does. */
export interface StreamMappings extends Emulator {
  /** Resolves when every record written before this call was delivered or given up. */
  drained(): Promise<void>;
}

/**
 * Reads the shards of one mapping's stream, each after its parent. Example: shard 2 is a child of shard 1. Its first
 * record is delivered after the last one of shard 1.
 */
function startMapping(mapping: Mapping, checkpoints: Checkpoints, options: StreamMappingOptions, signal: AbortSignal) {
  const { dynamo, invoker, deliver: tell, log } = options;
  const { streams } = dynamo;
  const stream = streams.identity(mapping.sourceArn);
  const readers = new Map<string, ReturnType<typeof readShard>>();
  const ended = new Set<string>();

  /**
   * Saves the end of a shard as the checkpoint, once, when a mapping with LATEST starts for the first time. Example:
   * the shard holds the records 1–5, so the checkpoint is 5. If the process stops and record 6 is written, the next
   * start delivers 6.
   */
  async function skipToEnd(shardId: string): Promise<void> {
    let last = "";
    let iterator: string | undefined = await streams.iterator(mapping.sourceArn, shardId, "TRIM_HORIZON");
    while (iterator !== undefined) {
      const reading = await streams.read(mapping.sourceArn, iterator);
      iterator = reading.last === undefined ? undefined : reading.next;
      last = reading.last ?? last;
    }
    checkpoints.save(mapping.name, stream, shardId, last);
  }

  async function discover(): Promise<void> {
    const shards = await streams.shards(mapping.sourceArn);
    const known = new Set(shards.map(({ id }) => id));
    const positions = checkpoints.of(mapping.name, stream);
    for (const { id, parentId } of shards) {
      if (readers.has(id) || (parentId !== undefined && known.has(parentId) && !ended.has(parentId))) continue;
      const deliver = createDelivery({ mapping, shardId: id, invoker, tell, log, signal });
      const save = (number: string) => checkpoints.save(mapping.name, stream, id, number);
      const reader = readShard({ mapping, shardId: id, streams, after: positions.get(id), deliver, save, log, signal });
      readers.set(id, reader);
      reader.done.then(() => finish(id)).catch((error) => log.error("streams", `${mapping.name}: ${error}`));
    }
  }

  async function finish(id: string): Promise<void> {
    ended.add(id);
    if (!signal.aborted) await discover();
  }

  async function start(): Promise<void> {
    const isNew = checkpoints.of(mapping.name, stream).size === 0;
    if (isNew && mapping.startingPosition === "LATEST")
      for (const { id } of await streams.shards(mapping.sourceArn)) await skipToEnd(id);
    await discover();
  }

  async function drained(): Promise<void> {
    for (let seen = -1; seen !== readers.size; ) {
      seen = readers.size;
      await Promise.all([...readers.values()].map((reader) => reader.drained()));
    }
  }

  return { start, drained, done: () => Promise.all([...readers.values()].map((reader) => reader.done)) };
}

/** @throws MappingError if AWS would refuse the mapping */
function check(mapping: Mapping): void {
  const reads = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
  requireGrants(mapping, reads, mapping.sourceArn);
  const target = mapping.onFailureArn;
  if (target === undefined) return;
  const action = deliveryAction(target);
  if (!action || target.startsWith("arn:aws:lambda:"))
    throw new MappingError(`${mapping.name}: an on-failure destination must be a queue or a topic, not ${target}`);
  requireGrants(mapping, [action], target);
}

/**
 * Starts the event source mappings of the graph whose source is a table stream.
 * @throws MappingError for an invalid filter, or for a role that may not read the stream or send to the destination
 */
export async function startStreamMappings(options: StreamMappingOptions): Promise<StreamMappings> {
  const { graph, log } = options;
  const mappings = mappingsOf(graph, { source: "arn:aws:dynamodb:", batchSize: 100, log });
  for (const mapping of mappings) check(mapping);
  const checkpoints = openCheckpoints(options.dataFolder);
  const controller = new AbortController();
  const running = mappings.map((mapping) => startMapping(mapping, checkpoints, options, controller.signal));
  const close = once(async () => {
    controller.abort();
    await ended(running.map((mapping) => mapping.done()));
    checkpoints.close();
  });
  try {
    await Promise.all(running.map((mapping) => mapping.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async drained() {
      await Promise.all(running.map((mapping) => mapping.drained()));
    },
    close,
  };
}
