import type { Position, StreamRecord, TableStreams } from "../dynamodb/table-streams.ts";
import type { Log } from "../service-types.ts";
import type { Mapping } from "./event-source-mapping.ts";
import { createProgress, type Lane, lanesOf } from "./lanes.ts";
import { Signal } from "./signal.ts";

export interface ShardOptions {
  readonly mapping: Mapping;
  readonly shardId: string;
  readonly streams: TableStreams;
  /** Sequence number of the last processed record. Undefined or empty starts at the beginning of the shard. */
  readonly after: string | undefined;
  readonly deliver: (records: readonly StreamRecord[]) => Promise<void>;
  /**
   * Saves the checkpoint after delivery: a crash causes a redelivery, never a loss. Example: after a crash between the
   * delivery of record 105 and its save, 105 is delivered again.
   */
  readonly save: (sequenceNumber: string) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Polling interval in milliseconds. A write wakes the reader at once; polling finds writes that raised no signal.
 * Example: a write from another process is found within 1 s.
 */
const idleMs = 1000;
/** Maximum size of a batch. Lambda's limit for a payload is 6 MB. */
const payloadBytes = 5_500_000;

/**
 * Returns the next batch: as many records as the batch size and the payload limit allow, but at least one. Example: of
 * 100 records of 100 kB each, the first 55 are a batch, because 56 exceed 5.5 MB.
 */
function takeBatch(lane: Lane, batchSize: number): Lane {
  let bytes = 0;
  const most = lane.slice(0, batchSize);
  const over = most.findIndex(({ record }) => {
    bytes += Buffer.byteLength(JSON.stringify(record));
    return bytes > payloadBytes;
  });
  return over < 0 ? most : most.slice(0, Math.max(over, 1));
}

/**
 * Reads one shard in order, from its checkpoint to its end or until it is aborted. Example: with the checkpoint 105,
 * the first record is 106.
 */
export function readShard({ mapping, shardId, streams, after, deliver, save, log, signal }: ShardOptions) {
  const wake = new Signal();
  let waiters: { resolve: () => void; reading: number }[] = [];
  let position: Position = after === undefined || after === "" ? "TRIM_HORIZON" : { after };
  let readings = 0;
  let ended = false;

  const settle = (upTo: number) => {
    for (const waiter of waiters) if (waiter.reading <= upTo) waiter.resolve();
    waiters = waiters.filter((waiter) => waiter.reading > upTo);
  };
  const passed = (sequenceNumber: string) => {
    position = { after: sequenceNumber };
    save(sequenceNumber);
  };

  /**
   * Delivers lanes in parallel, each in order. The checkpoint follows the slowest lane. Example with the lanes `[1, 3]`
   * and `[2, 4]`: after 2 and 4, no checkpoint is saved. After 1, the checkpoint is 2. After 3, it is 4.
   */
  async function deliverAll(records: readonly StreamRecord[]): Promise<void> {
    const progress = createProgress(records.length);
    async function deliverLane(lane: Lane): Promise<void> {
      for (let left = lane; left.length > 0; ) {
        const batch = takeBatch(left, mapping.batchSize);
        await deliver(batch.map(({ record }) => record));
        const before = progress.finish(batch.map(({ place }) => place));
        if (before > 0) passed(records[before - 1]?.dynamodb.SequenceNumber ?? "");
        left = left.slice(batch.length);
      }
    }
    // Wait for all lanes, including after a failure. Otherwise a record could be in two deliveries at once. Example:
    // the lane of record 1 fails while record 2 is being delivered. Reading starts again when 2 is finished.
    const lanes = await Promise.allSettled(lanesOf(records, mapping.parallelization).map(deliverLane));
    for (const lane of lanes) if (lane.status === "rejected") throw lane.reason;
  }

  /**
   * Reads records and delivers them. With a batching window, waits for a full batch, but no longer than the window.
   * Example with batch size 100 and a window of 5 s: 3 records are delivered 5 s after the first, and 100 records at
   * once.
   */
  async function readOn(iterator: string): Promise<string | undefined> {
    const gathered: StreamRecord[] = [];
    let last: string | undefined;
    let next: string | undefined = iterator;
    let deadline: number | undefined;
    for (;;) {
      readings += 1;
      const reading = await streams.read(mapping.sourceArn, next);
      gathered.push(...reading.records.filter((record) => mapping.wants(record)));
      last = reading.last ?? last;
      next = reading.next;
      if (gathered.length > 0) deadline ??= Date.now() + mapping.windowSeconds * 1000;
      const waitMs = (deadline ?? 0) - Date.now();
      if (next === undefined || gathered.length >= mapping.batchSize || waitMs <= 0 || signal.aborted) break;
      if (reading.last === undefined) await wake.wait(Math.min(waitMs, idleMs));
    }
    await deliverAll(gathered);
    if (last !== undefined) passed(last);
    else settle(readings);
    if (next !== undefined && last === undefined) await wake.wait(idleMs);
    return next;
  }

  async function run(): Promise<void> {
    while (!signal.aborted && !ended) {
      try {
        let iterator: string | undefined = await streams.iterator(mapping.sourceArn, shardId, position);
        while (iterator !== undefined && !signal.aborted) iterator = await readOn(iterator);
        ended = iterator === undefined;
      } catch (error) {
        if (signal.aborted) break;
        log.warn("streams", `${mapping.name}: reading failed, continuing from the checkpoint: ${error}`);
        await wake.wait(idleMs);
      }
    }
    settle(Number.POSITIVE_INFINITY);
  }

  const stopListening = streams.onWrite(() => wake.raise());
  signal.addEventListener("abort", () => wake.raise());
  const done = run().finally(stopListening);
  return {
    /** Resolves when the shard was read to its end or reading was aborted. */
    done,
    /**
     * Resolves when a read that started after this call found no more records, or when reading has ended. Example:
     * called during read 7, it resolves at the earliest when read 8 returns nothing.
     */
    drained(): Promise<void> {
      if (ended || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        waiters.push({ resolve, reading: readings + 1 });
        wake.raise();
      });
    },
  };
}
