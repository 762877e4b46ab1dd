import type { Log } from "../service-types.ts";
import { openDatabase } from "../sqlite.ts";
import { type DynamoEngine, DynamoError } from "./engine.ts";
import type { Item } from "./request-body.ts";
import type { Table } from "./table.ts";

type ExpiringTable = Table & { readonly ttlAttribute: string };

const fiveYearsSeconds = 5 * 365 * 24 * 3600;
const dayMs = 24 * 3600 * 1000;
const restMs = 5000;

const sorted = (item: Item) => JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Stores which removals were made by time to live, because the engine's stream does not mark them. Persistent, because
 * the records survive a restart.
 */
function openMarks(folder: string) {
  const { db, close } = openDatabase(
    folder,
    "expiry.sqlite",
    `CREATE TABLE IF NOT EXISTS expired (
      table_name TEXT, keys TEXT, expires TEXT, marked_at INTEGER, PRIMARY KEY (table_name, keys, expires)
    ) WITHOUT ROWID`,
  );
  const insert = db.prepare("INSERT OR REPLACE INTO expired VALUES (?, ?, ?, ?)");
  const remove = db.prepare("DELETE FROM expired WHERE table_name = ? AND keys = ? AND expires = ?");
  const find = db.prepare("SELECT 1 FROM expired WHERE table_name = ? AND keys = ? AND expires = ?");
  const forget = db.prepare("DELETE FROM expired WHERE marked_at < ?");
  return {
    add: (table: string, keys: Item, expires: string) => insert.run(table, sorted(keys), expires, Date.now()),
    drop: (table: string, keys: Item, expires: string) => remove.run(table, sorted(keys), expires),
    has: (table: string, keys: Item, expires: string) => find.get(table, sorted(keys), expires) !== undefined,
    forgetOld: () => forget.run(Date.now() - 2 * dayMs),
    close,
  };
}

/**
 * Implements time to live: deletes expired items within seconds, where DynamoDB takes up to a few days. A sweep scans
 * the tables, so the pause before the next one is 50 times as long as the sweep, and at least 5 seconds.
 * @param changed called after items were deleted
 */
export function startExpiry(options: {
  readonly engine: DynamoEngine;
  readonly tables: readonly Table[];
  readonly folder: string;
  readonly log: Log;
  readonly changed: () => void;
}) {
  const { engine, log, changed } = options;
  const tables = options.tables.filter((table): table is ExpiringTable => table.ttlAttribute !== undefined);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const marks = openMarks(options.folder);
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);

  /** Deletes an item, unless its expiry time changed since the scan. */
  async function expire(table: ExpiringTable, item: Item): Promise<boolean> {
    const expires = item[table.ttlAttribute];
    if (typeof expires?.N !== "string") return false;
    const keys = Object.fromEntries(
      [table.hashKey, table.rangeKey].flatMap((key) => (key !== undefined && item[key] ? [[key, item[key]]] : [])),
    );
    marks.add(table.name, keys, expires.N);
    try {
      await engine.call("DeleteItem", {
        TableName: table.name,
        Key: keys,
        ConditionExpression: "#ttl = :ttl",
        ExpressionAttributeNames: { "#ttl": table.ttlAttribute },
        ExpressionAttributeValues: { ":ttl": expires },
      });
      return true;
    } catch (error) {
      marks.drop(table.name, keys, expires.N);
      if (error instanceof DynamoError && error.code === "ConditionalCheckFailedException") return false;
      throw error;
    }
  }

  async function sweepTable(table: ExpiringTable): Promise<number> {
    const now = Math.floor(Date.now() / 1000);
    const names = {
      "#ttl": table.ttlAttribute,
      "#pk": table.hashKey,
      ...(table.rangeKey && { "#sk": table.rangeKey }),
    };
    let deleted = 0;
    let next: Item | undefined;
    do {
      const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await engine.call("Scan", {
        TableName: table.name,
        FilterExpression: "#ttl <= :now AND #ttl > :past",
        ProjectionExpression: Object.keys(names).join(", "),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ":now": { N: String(now) }, ":past": { N: String(now - fiveYearsSeconds) } },
        ...(next && { ExclusiveStartKey: next }),
      });
      for (const item of page.Items ?? []) if (await expire(table, item)) deleted += 1;
      next = page.LastEvaluatedKey;
    } while (next && !closed);
    if (deleted > 0) log.info("dynamodb", `${table.name}: ${deleted} expired item${deleted === 1 ? "" : "s"} deleted`);
    return deleted;
  }

  async function sweepAll(): Promise<number> {
    let deleted = 0;
    for (const table of tables) deleted += await sweepTable(table);
    marks.forgetOld();
    if (deleted > 0) changed();
    return deleted;
  }

  /** Deletes the items that have expired. Resolves to their number. Concurrent calls run one after the other. */
  function sweep(): Promise<number> {
    running = running.catch(() => 0).then(() => (closed ? 0 : sweepAll()));
    return running;
  }

  function schedule(afterMs: number): void {
    if (closed || tables.length === 0) return;
    timer = setTimeout(async () => {
      const started = Date.now();
      await sweep().catch((error: unknown) => closed || log.warn("dynamodb", `cannot delete expired items: ${error}`));
      schedule(Math.max(restMs, 50 * (Date.now() - started)));
    }, afterMs).unref();
  }
  schedule(restMs);

  return {
    sweep,
    /** Whether time to live removed this item, so that its stream record is marked. */
    removed(tableName: string, keys: Item, oldImage: Item | undefined): boolean {
      const expires = oldImage?.[byName.get(tableName)?.ttlAttribute ?? ""]?.N;
      return typeof expires === "string" && marks.has(tableName, keys, expires);
    },
    async close(): Promise<void> {
      closed = true;
      clearTimeout(timer);
      await running.catch(() => 0);
      marks.close();
    },
  };
}

export type Expiry = ReturnType<typeof startExpiry>;
