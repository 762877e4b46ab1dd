import type { Position, StreamRecord, TableStreams } from "../dynamodb/table-streams.ts";
import type { Log } from "../service-types.ts";
import type { Mapping } from "./event-source-mapping.ts";
import { createProgress, type Lane, lanesOf } from "./lanes.ts";
import { Signal } from "./signal.ts";

export interface ShardOptions {
  readonly mapping: Mapping;
  readonly shardId: string;
  readonly streams: TableStreams;
  /** The last sequence number that was dealt with; undefined for the beginning of the shard. */
  readonly after: string | undefined;
  readonly deliver: (records: readonly StreamRecord[]) => Promise<void>;
  /** Called after delivery, so that a crash leads to another delivery and never to a loss. */
  readonly save: (sequenceNumber: string) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Records are looked for when something was written, and every so often in case it was written past us. */
const idleMs = 1000;
/** An invocation's payload is at most 6 MB. */
const payloadBytes = 5_500_000;

/** The next batch: as many records as the size of a batch and of a payload allow, at least one. */
function takeBatch(lane: Lane, batchSize: number): Lane {
  let bytes = 0;
  const most = lane.slice(0, batchSize);
  const over = most.findIndex(({ record }) => {
    bytes += JSON.stringify(record).length;
    return bytes > payloadBytes;
  });
  return over < 0 ? most : most.slice(0, Math.max(over, 1));
}

/** Reads one shard in order, from its checkpoint to its end or until it is aborted. */
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

  /** Lanes go on side by side, each in its order; the checkpoint follows the slowest. */
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
    // All come to their end before anything is read again, or a record could be under way twice.
    const lanes = await Promise.allSettled(lanesOf(records, mapping.parallelization).map(deliverLane));
    for (const lane of lanes) if (lane.status === "rejected") throw lane.reason;
  }

  /** With a batching window, waits for a full batch, but no longer than the window. */
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
        log.warn("streams", `${mapping.name}: reading goes on from its checkpoint: ${error}`);
        await wake.wait(idleMs);
      }
    }
    settle(Number.POSITIVE_INFINITY);
  }

  const stopListening = streams.onWrite(() => wake.raise());
  signal.addEventListener("abort", () => wake.raise());
  const done = run().finally(stopListening);
  return {
    /** Resolves when the shard was read to its end, or reading was aborted. */
    done,
    /** Resolves when a reading that began after this call found nothing more, or there will be none. */
    drained(): Promise<void> {
      if (ended || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        waiters.push({ resolve, reading: readings + 1 });
        wake.raise();
      });
    },
  };
}
