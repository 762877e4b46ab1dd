import type { Position, StreamRecord, TableStreams } from "../dynamodb/table-streams.ts";
import type { Log } from "../emulator.ts";
import type { Mapping } from "./mapping.ts";
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
function takeBatch(records: readonly StreamRecord[], batchSize: number): StreamRecord[] {
  const batch: StreamRecord[] = [];
  let bytes = 0;
  for (const record of records.slice(0, batchSize)) {
    bytes += JSON.stringify(record).length;
    if (batch.length > 0 && bytes > payloadBytes) break;
    batch.push(record);
  }
  return batch;
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

  async function deliverAll(records: readonly StreamRecord[]): Promise<void> {
    let left = records;
    while (left.length > 0) {
      const batch = takeBatch(left, mapping.batchSize);
      await deliver(batch);
      passed(batch.at(-1)?.dynamodb.SequenceNumber ?? "");
      left = left.slice(batch.length);
    }
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
