import path from "node:path";
import { openDatabase } from "../sqlite.ts";

/** An event that is waiting for its function or being processed. */
export interface QueuedEvent {
  readonly requestId: string;
  readonly functionArn: string;
  /** JSON */
  readonly payload: string;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
  readonly dueAt: number;
  /** Number of failed runs of the function. */
  readonly failures: number;
  /** Number of attempts that did not reach the function. */
  readonly refusals: number;
}

/** Asynchronous events on disk, until they are processed. */
export interface EventQueue {
  add(event: QueuedEvent): void;
  /**
   * Returns due events, the longest due first, without those in `except`. Together with those in `except`, a function
   * has at most `mostOfFunction` events. Example with a maximum of 20: a function with 18 events in `except` gets at
   * most 2 more.
   */
  due(now: number, except: readonly string[], mostOfFunction: number): QueuedEvent[];
  /** Returns when the next event after `now` is due. */
  nextDue(now: number): number | undefined;
  isEmpty(): boolean;
  putOff(event: QueuedEvent): void;
  remove(requestId: string): void;
  close(): void;
}

type Row = Readonly<Record<string, unknown>>;

const eventOf = (row: Row): QueuedEvent => ({
  requestId: String(row.request_id),
  functionArn: String(row.function_arn),
  payload: String(row.payload),
  acceptedAt: Number(row.accepted_at),
  dueAt: Number(row.due_at),
  failures: Number(row.failures),
  refusals: Number(row.refusals),
});

/** Opens the queue in the data folder. Added events survive a `kill -9`. */
export function openEventQueue(dataFolder: string): EventQueue {
  const { db, close } = openDatabase(
    path.join(dataFolder, "lambda"),
    "events.sqlite",
    `CREATE TABLE IF NOT EXISTS event (
      request_id TEXT PRIMARY KEY, function_arn TEXT, payload TEXT,
      accepted_at INTEGER, due_at INTEGER, failures INTEGER, refusals INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS event_due ON event (function_arn, due_at)`,
  );
  const insert = db.prepare("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?)");
  const update = db.prepare("UPDATE event SET due_at = ?, failures = ?, refusals = ? WHERE request_id = ?");
  const remove = db.prepare("DELETE FROM event WHERE request_id = ?");
  const due = db.prepare(`SELECT * FROM (
      SELECT *, row_number() OVER (PARTITION BY function_arn ORDER BY due_at) AS place FROM event WHERE due_at <= ?
    ) WHERE place <= ? AND request_id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at`);
  const next = db.prepare("SELECT min(due_at) AS due_at FROM event WHERE due_at > ?");
  const any = db.prepare("SELECT 1 FROM event LIMIT 1");
  return {
    add(event) {
      const { requestId, functionArn, payload, acceptedAt, dueAt, failures, refusals } = event;
      insert.run(requestId, functionArn, payload, acceptedAt, dueAt, failures, refusals);
    },
    due: (now, except, mostOfFunction) => due.all(now, mostOfFunction, JSON.stringify(except)).map(eventOf),
    nextDue(now) {
      const found = next.get(now)?.due_at;
      return typeof found === "number" ? found : undefined;
    },
    isEmpty: () => any.get() === undefined,
    putOff: ({ requestId, dueAt, failures, refusals }) => void update.run(dueAt, failures, refusals, requestId),
    remove: (requestId) => void remove.run(requestId),
    close,
  };
}
