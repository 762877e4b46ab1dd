import type { Log } from "../service-types.ts";
import { type DynamoEngine, DynamoError } from "./engine/engine.ts";
import { provisionTables } from "./provision.ts";
import type { DynamoBody, Item } from "./request-body.ts";
import type { Table } from "./table.ts";
import type { Touched } from "./touched-items.ts";

interface Page {
  readonly Items?: readonly Item[];
  readonly LastEvaluatedKey?: Item;
}

const suffix = ".delayed-indexes";

/**
 * Delays global indexes, which are eventually consistent on AWS. A second table follows each table, item by item and
 * `delayMs` later, and queries of a global index read the second table. If an item changes again within the delay, the
 * copy has the newest state.
 */
export async function startDelayedIndexes(options: {
  readonly engine: DynamoEngine;
  readonly tables: readonly Table[];
  readonly touched: Touched;
  readonly delayMs: number;
  readonly log: Log;
}) {
  const { engine, touched, delayMs, log } = options;
  const tables = options.tables.filter(({ globalIndexes }) => globalIndexes.length > 0);
  const followers = new Map(tables.map((table) => [table.name, `${table.name}${suffix}`]));
  /** Scheduled copies, by item id or table name. */
  const waiting = new Map<string, { readonly timer: NodeJS.Timeout; readonly work: () => Promise<void> }>();
  let turn: Promise<void> = Promise.resolve();
  let closed = false;

  async function copy(table: Table, key: Item): Promise<void> {
    const follower = followers.get(table.name);
    const request = { TableName: table.name, Key: key, ConsistentRead: true };
    const { Item } = await engine.call<{ Item?: Item }>("GetItem", request);
    if (Item) await engine.call("PutItem", { TableName: follower, Item });
    else await engine.call("DeleteItem", { TableName: follower, Key: key });
  }

  async function copyKeys(table: Table, from: string): Promise<void> {
    const names = [table.hashKey, ...(table.rangeKey === undefined ? [] : [table.rangeKey])];
    const ExpressionAttributeNames = Object.fromEntries(names.map((name, i) => [`#k${i}`, name]));
    let ExclusiveStartKey: Item | undefined;
    do {
      const page: Page = await engine.call("Scan", {
        TableName: from,
        ProjectionExpression: Object.keys(ExpressionAttributeNames).join(", "),
        ExpressionAttributeNames,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      });
      for (const key of page.Items ?? []) await copy(table, key);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey && !closed);
  }

  /** Copies every item of both tables, so that items that exist only in the second table are deleted there. */
  async function copyAll(table: Table): Promise<void> {
    await copyKeys(table, table.name);
    await copyKeys(table, followers.get(table.name) ?? "");
  }

  /** Runs copies one after the other, so that no copy overwrites newer data with older data. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work).catch((error: unknown) => {
      if (!closed) log.warn("dynamodb", `cannot update the global indexes: ${error}`);
    });
    return turn;
  }

  function schedule(id: string, work: () => Promise<void>): void {
    if (closed || waiting.has(id)) return;
    const timer = setTimeout(() => {
      waiting.delete(id);
      inTurn(work);
    }, delayMs);
    waiting.set(id, { timer: timer.unref(), work });
  }

  const changed = (table: Table) => {
    if (followers.has(table.name)) schedule(table.name, () => copyAll(table));
  };

  async function removeFollowers(): Promise<void> {
    for (const TableName of followers.values())
      await engine.call("DeleteTable", { TableName }).catch((error: unknown) => {
        if (!(error instanceof DynamoError && error.code === "ResourceNotFoundException")) throw error;
      });
  }

  await removeFollowers();
  const plain = { stream: undefined, ttlAttribute: undefined };
  const copies = tables.map((table) => ({ ...table, ...plain, name: `${table.name}${suffix}` }));
  await provisionTables(engine, copies, log);
  for (const table of tables) await copyKeys(table, table.name);

  return {
    /** Redirects a read of a global index to the second table. Returns undefined for every other request. */
    redirect(action: string, body: DynamoBody): DynamoBody | undefined {
      const table = touched.tableOf(body.TableName);
      const follower = followers.get(table?.name ?? "");
      const global = table?.globalIndexes.some(({ name }) => name === body.IndexName);
      if (!follower || !global || (action !== "Query" && action !== "Scan")) return undefined;
      return { ...body, TableName: follower };
    },
    /** Removes the second table from a response. Returns undefined if the response does not mention it. */
    answer(action: string, content: string | Uint8Array): string | undefined {
      const text = Buffer.from(content).toString();
      if (!text.includes(suffix)) return undefined;
      if (action !== "ListTables") return text.replaceAll(`${suffix}"`, '"');
      const { TableNames = [], ...rest }: { TableNames?: string[] } = JSON.parse(text);
      return JSON.stringify({ ...rest, TableNames: TableNames.filter((name) => !name.endsWith(suffix)) });
    },
    /** Schedules copies of the items that a write changed. Call it after every successful write. */
    written(action: string, body: DynamoBody): void {
      for (const { table, key, id } of touched.itemsOf(action, body))
        if (followers.has(table.name)) schedule(id, () => copy(table, key));
      for (const table of touched.tablesOf(action, body)) changed(table);
    },
    /** Schedules copies of all tables. Call it after a write that was not a request. */
    changed: () => tables.forEach(changed),
    /** Runs all scheduled copies now. */
    async catchUp(): Promise<void> {
      const due = [...waiting.values()];
      waiting.clear();
      for (const { timer } of due) clearTimeout(timer);
      for (const { work } of due) inTurn(work);
      await turn;
    },
    async close(): Promise<void> {
      closed = true;
      for (const { timer } of waiting.values()) clearTimeout(timer);
      await turn;
      await removeFollowers();
    },
  };
}

export type DelayedIndexes = Awaited<ReturnType<typeof startDelayedIndexes>>;
