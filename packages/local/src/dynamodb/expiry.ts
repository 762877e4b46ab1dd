import type { Log } from "../service-types.ts";
import { type DynamoEngine, DynamoError } from "./engine/engine.ts";
import { type ExpiryMarks, textOf } from "./expiry-marks.ts";
import type { Item } from "./request-body.ts";
import type { Table } from "./table.ts";
import type { TableStreams } from "./table-streams.ts";

type ExpiringTable = Table & { readonly ttlAttribute: string };
type Mark = ReturnType<ExpiryMarks["add"]>;

const fiveYearsSeconds = 5 * 365 * 24 * 3600;
const restMs = 5000;

/**
 * Implements time to live: deletes expired items within seconds, where DynamoDB takes up to a few days. A sweep scans
 * the tables, so the pause before the next one is 50 times as long as the sweep, and at least 5 seconds.
 * @param changed called after items were deleted
 */
export function startExpiry(options: {
  readonly engine: DynamoEngine;
  readonly tables: readonly Table[];
  readonly marks: ExpiryMarks;
  readonly streams: TableStreams;
  readonly log: Log;
  readonly changed: () => void;
}) {
  const { engine, marks, streams, log, changed } = options;
  const tables = options.tables.filter((table): table is ExpiringTable => table.ttlAttribute !== undefined);
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);

  const keysOf = ({ hashKey, rangeKey }: Table, item: Item): Item =>
    Object.fromEntries(
      [hashKey, rangeKey].flatMap((key) => (key !== undefined && item[key] ? [[key, item[key]]] : [])),
    );

  /** Deletes an item and returns its mark, or undefined if its expiry time changed since the scan. */
  async function expire(table: ExpiringTable, item: Item): Promise<Mark | undefined> {
    const expires = item[table.ttlAttribute];
    if (typeof expires?.N !== "string") return undefined;
    const keys = keysOf(table, item);
    const mark = marks.add(table.name, keys, expires.N);
    try {
      await engine.call("DeleteItem", {
        TableName: table.name,
        Key: keys,
        ConditionExpression: "#ttl = :ttl",
        ExpressionAttributeNames: { "#ttl": table.ttlAttribute },
        ExpressionAttributeValues: { ":ttl": expires },
      });
      return mark;
    } catch (error) {
      mark.drop();
      if (error instanceof DynamoError && error.code === "ConditionalCheckFailedException") return undefined;
      throw error;
    }
  }

  async function endsOf(streamArn: string): Promise<string[]> {
    const shards = await streams.shards(streamArn);
    return Promise.all(shards.map(({ id }) => streams.iterator(streamArn, id, "LATEST")));
  }

  /** Ties each mark to the first removal of its item after the given iterator. */
  async function settle(streamArn: string, from: string, marks: Map<string, Mark>): Promise<void> {
    for (let iterator: string | undefined = from; iterator !== undefined && marks.size > 0; ) {
      const { records, last, next } = await streams.read(streamArn, iterator);
      for (const { eventName, dynamodb } of records) {
        const keys = textOf(dynamodb.Keys);
        if (eventName !== "REMOVE") continue;
        marks.get(keys)?.settle(dynamodb.SequenceNumber);
        marks.delete(keys);
      }
      iterator = last === undefined ? undefined : next;
    }
  }

  /** Deletes items of a table and returns the number of deleted ones. */
  async function expireAll(table: ExpiringTable, items: readonly Item[]): Promise<number> {
    const { stream } = table;
    const ends = stream && items.length > 0 ? await endsOf(stream.arn) : [];
    const deleted = new Map<string, Mark>();
    for (const item of items) {
      const mark = await expire(table, item);
      if (mark) deleted.set(textOf(keysOf(table, item)), mark);
    }
    const count = deleted.size;
    for (const end of ends) if (stream) await settle(stream.arn, end, deleted);
    return count;
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
      deleted += await expireAll(table, page.Items ?? []);
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
    async close(): Promise<void> {
      closed = true;
      clearTimeout(timer);
      await running.catch(() => 0);
      marks.close();
    },
  };
}
