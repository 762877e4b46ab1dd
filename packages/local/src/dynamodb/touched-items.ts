import { statementNeeds } from "./partiql.ts";
import type { DynamoBody, Item, Target } from "./request-body.ts";
import type { Table } from "./table.ts";

/** An item that a request names. */
export interface TouchedItem {
  readonly table: Table;
  readonly key: Item;
  /** Identifies the item: equal for two requests on the same item. */
  readonly id: string;
}

const bareName = (name: string) => name.split("/").at(-1) ?? name;

/** Finds the items of the graph's tables that a request writes or, within a transaction, checks. */
export function createTouched(tables: readonly Table[]) {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const tableOf = (name = "") => byName.get(bareName(name));

  function itemOf(name: string | undefined, attributes: Item | undefined): TouchedItem[] {
    const table = tableOf(name);
    if (!table || !attributes) return [];
    const names = table.rangeKey === undefined ? [table.hashKey] : [table.hashKey, table.rangeKey];
    const key = Object.fromEntries(
      names.flatMap((each) => (attributes[each] === undefined ? [] : [[each, attributes[each]]])),
    );
    return [{ table, key, id: `${table.name} ${JSON.stringify(names.map((each) => attributes[each]))}` }];
  }

  const targetOf = ({ TableName, Item, Key }: Target) => itemOf(TableName, Item ?? Key);

  /** Items of a transaction, in the order of its entries. An entry for a table outside the graph has none. */
  const entriesOf = (body: DynamoBody): TouchedItem[][] =>
    (body.TransactItems ?? []).map((entry) => Object.values(entry).flatMap(targetOf));

  const batchOf = ({ RequestItems = {} }: DynamoBody): TouchedItem[] =>
    Object.entries(RequestItems).flatMap(([name, requests]) =>
      Array.isArray(requests)
        ? requests.flatMap(({ PutRequest, DeleteRequest }) => itemOf(name, PutRequest?.Item ?? DeleteRequest?.Key))
        : [],
    );

  return {
    entriesOf,
    /** Returns the items that a write names. */
    itemsOf(action: string, body: DynamoBody): TouchedItem[] {
      if (action === "TransactWriteItems") return entriesOf(body).flat();
      return action === "BatchWriteItem" ? batchOf(body) : targetOf(body);
    },
    /**
     * Returns the tables that PartiQL statements write. Their items are not known, because only the table name is
     * parsed.
     */
    tablesOf(action: string, body: DynamoBody): Table[] {
      const statements = /Statement$|^ExecuteTransaction$/.test(action) ? statementNeeds(action, body) : [];
      const written = statements.filter(({ operation }) => operation !== "PartiQLSelect");
      return written.flatMap(({ table }) => tableOf(table) ?? []);
    },
    tableOf,
  };
}

export type Touched = ReturnType<typeof createTouched>;
