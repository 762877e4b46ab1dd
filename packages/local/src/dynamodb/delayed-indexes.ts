import type { Log } from "../service-types.ts";
import { type DynamoEngine, DynamoError } from "./engine.ts";
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
 * Global indexes that lag behind their table, as AWS's may: a second table follows the first one, item by item and `delayMs` later, and
 * queries of a global index go there. An item that is written again within that time shows its newer state at once.
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
  /** What is to be done when its time has come, by item or table. */
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

  /** Every item of either table. */
  async function copyAll(table: Table): Promise<void> {
    await copyKeys(table, table.name);
    await copyKeys(table, followers.get(table.name) ?? "");
  }

  /** Copies follow each other, so that none brings back what a later one has seen. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work).catch((error: unknown) => {
      if (!closed) log.warn("dynamodb", `global indexes: ${error}`);
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
    /** A read of a global index, sent to the table that lags behind; undefined for every other request. */
    redirect(action: string, body: DynamoBody): DynamoBody | undefined {
      const table = touched.tableOf(body.TableName);
      const follower = followers.get(table?.name ?? "");
      const global = table?.globalIndexes.some(({ name }) => name === body.IndexName);
      if (!follower || !global || (action !== "Query" && action !== "Scan")) return undefined;
      return { ...body, TableName: follower };
    },
    /** What AWS would have answered, which knows nothing of a second table. */
    answer(action: string, content: string | Uint8Array): string | undefined {
      const text = Buffer.from(content).toString();
      if (!text.includes(suffix)) return undefined;
      if (action !== "ListTables") return text.replaceAll(`${suffix}"`, '"');
      const { TableNames = [], ...rest }: { TableNames?: string[] } = JSON.parse(text);
      return JSON.stringify({ ...rest, TableNames: TableNames.filter((name) => !name.endsWith(suffix)) });
    },
    /** To be called after a write. */
    written(action: string, body: DynamoBody): void {
      for (const { table, key, id } of touched.itemsOf(action, body))
        if (followers.has(table.name)) schedule(id, () => copy(table, key));
      for (const table of touched.tablesOf(action, body)) changed(table);
    },
    /** To be called after a write that no request made. */
    changed: () => tables.forEach(changed),
    /** Brings the indexes up to date now. */
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
