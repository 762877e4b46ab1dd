import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Page, PageQuery } from "../contract/page.ts";
import type { Cursor } from "./cursor.ts";
import { type Condition, expressions } from "./expression.ts";
import type { Item } from "./stored-format.ts";
import { documents, tableName } from "./table.ts";

/** Reads items of a partition in the order of their sort key. Only reads of a global index are not consistent. */
export interface Query {
  readonly partition: string;
  readonly index?: "lsi1" | "gsi1" | "gsi2";
  readonly sortKey?:
    | { readonly beginsWith: string }
    | { readonly between: readonly [string, string] }
    | { readonly gte: string | number }
    | { readonly lte: string | number };
  /** Whether to read backward. */
  readonly reverse?: boolean;
  /** Maximum number of items in each round trip, before the filter. Without it, DynamoDB reads 1 MB. */
  readonly limit?: number;
  /** The key of the item after which to start. */
  readonly after?: Item | undefined;
  readonly filter?: Condition<Record<string, string | number | boolean>>;
  /** Reads only the keys of the items, or only counts them. */
  readonly only?: "keys" | "count";
}

/** The items of one round trip. `next` is the key of the last item that was read, if there may be more. */
interface QueriedItems {
  readonly items: readonly Item[];
  readonly count: number;
  readonly next: Item | undefined;
}

const indexKeys = {
  table: ["pk", "sk"],
  lsi1: ["pk", "rank"],
  gsi1: ["gsi1pk", "gsi1sk"],
  gsi2: ["gsi2pk", "gsi2sk"],
} as const;

/** Runs a query in one round trip. */
export async function queryOnce(query: Query): Promise<QueriedItems> {
  const { partition, index, sortKey, reverse = false, limit, after, filter, only } = query;
  const [hash, range] = indexKeys[index ?? "table"];
  const { name, value, isTrue, placeholders } = expressions((attribute) => attribute);
  const {
    Items = [],
    Count = 0,
    LastEvaluatedKey,
  } = await documents().send(
    new QueryCommand({
      TableName: tableName(),
      IndexName: index,
      KeyConditionExpression: [`${name(hash)} = ${value(partition)}`, ...rangeOf()].join(" AND "),
      FilterExpression: filter && isTrue(filter),
      ProjectionExpression: only === "keys" ? `${name("pk")}, ${name("sk")}` : undefined,
      Select: only === "count" ? "COUNT" : undefined,
      ConsistentRead: !index?.startsWith("gsi"),
      ScanIndexForward: !reverse,
      Limit: limit,
      ExclusiveStartKey: after,
      ...placeholders(),
    }),
  );
  return { items: Items, count: Count, next: LastEvaluatedKey };

  function rangeOf(): string[] {
    if (!sortKey) return [];
    if ("beginsWith" in sortKey) return [`begins_with(${name(range)}, ${value(sortKey.beginsWith)})`];
    if ("between" in sortKey) return [`${name(range)} BETWEEN ${sortKey.between.map(value).join(" AND ")}`];
    return [isTrue({ [range]: sortKey })];
  }
}

/** Yields the items of a query, one round trip at a time. */
export async function* queryPages(query: Query): AsyncGenerator<QueriedItems> {
  let { after } = query;
  do {
    const page = await queryOnce({ ...query, after });
    yield page;
    after = page.next;
  } while (after);
}

/** An entity, or another conversion of items. */
interface Reader<Value> {
  readonly read: (item: Item) => Value;
}

/** Returns all records of a query. One round trip per megabyte. */
export async function queryAll<Value>({ read }: Reader<Value>, query: Query): Promise<Value[]> {
  const pages = await Array.fromAsync(queryPages(query));
  return pages.flatMap(({ items }) => items.map(read));
}

/** Counts the items of a query. One round trip per megabyte. */
export async function queryCount(query: Query): Promise<number> {
  const pages = await Array.fromAsync(queryPages({ ...query, only: "count" }));
  return pages.reduce((sum, { count }) => sum + count, 0);
}

/** Where a page of a collection ends. */
interface Position<Value, At> {
  readonly cursors: Cursor<At>;
  readonly of: (value: Value) => At;
  /** Returns the key of the item at a position, with the keys of the index. */
  readonly keyAt: (position: At) => Item;
}

/** Returns a page of a collection in one round trip. @throws validation-failed for a cursor of another collection */
export async function queryPage<Value, At extends string | readonly [string | number, string]>(
  { read }: Reader<Value>,
  query: Query,
  position: Position<Value, At>,
  { limit, cursor }: PageQuery,
): Promise<Page<Value>> {
  const after = cursor === undefined ? undefined : position.keyAt(position.cursors.decode(cursor));
  // Read one item more than the page holds, so that the last page has no link to an empty page.
  const found = await queryOnce({ ...query, limit: limit + 1, after });
  const items = found.items.slice(0, limit).map(read);
  const last = items.at(-1);
  // DynamoDB ends a page early after reading 1 MB.
  const more = found.items.length > limit || found.next !== undefined;
  return { items, next: more && last ? position.cursors.encode(position.of(last)) : undefined };
}
