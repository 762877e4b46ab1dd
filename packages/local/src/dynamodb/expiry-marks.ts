import { openDatabase } from "../sqlite.ts";
import type { Item } from "./request-body.ts";
import type { Table } from "./table.ts";
import type { StreamRecord } from "./table-streams.ts";

const dayMs = 24 * 3600 * 1000;

/** Returns the keys of an item as text, in any order of the members. */
export const textOf = (keys: Item) => JSON.stringify(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Stores which removals were made by time to live, because the engine's stream does not mark them. Persistent, because
 * the records survive a restart. A mark matches removals by keys and expiry time until its record is known, then only
 * this record. Example: an item expires, is put again with the same expiry and is deleted by hand. The stream then has
 * two equal removals, and only the first is marked.
 */
export function openExpiryMarks(folder: string, tables: readonly Table[]) {
  const { db, close } = openDatabase(
    folder,
    "expiry.sqlite",
    `CREATE TABLE IF NOT EXISTS removals (
      table_name TEXT, keys TEXT, expires TEXT, marked_at INTEGER, sequence_number TEXT
    );
    CREATE INDEX IF NOT EXISTS removals_by_item ON removals (table_name, keys, expires)`,
  );
  const insert = db.prepare("INSERT INTO removals VALUES (?, ?, ?, ?, NULL)");
  const remove = db.prepare("DELETE FROM removals WHERE rowid = ?");
  const settle = db.prepare("UPDATE removals SET sequence_number = ? WHERE rowid = ?");
  const find = db.prepare(`SELECT 1 FROM removals WHERE table_name = ? AND keys = ? AND expires = ?
    AND (sequence_number IS NULL OR sequence_number = ?)`);
  const forget = db.prepare("DELETE FROM removals WHERE marked_at < ?");
  const attributes = new Map(tables.map(({ name, ttlAttribute }) => [name, ttlAttribute]));
  return {
    /** Marks the removal of an item. Call it before the removal, so that no reader sees an unmarked record. */
    add(table: string, keys: Item, expires: string) {
      const { lastInsertRowid: id } = insert.run(table, textOf(keys), expires, Date.now());
      return {
        drop: () => void remove.run(id),
        /** Ties the mark to the record of the removal. */
        settle: (sequenceNumber: string) => void settle.run(sequenceNumber, id),
      };
    },
    /** Whether time to live made the removal in this stream record. */
    has(table: string, { Keys, OldImage, SequenceNumber }: StreamRecord["dynamodb"]): boolean {
      const expires = OldImage?.[attributes.get(table) ?? ""]?.N;
      return typeof expires === "string" && find.get(table, textOf(Keys), expires, SequenceNumber) !== undefined;
    },
    forgetOld: () => void forget.run(Date.now() - 2 * dayMs),
    close,
  };
}

export type ExpiryMarks = ReturnType<typeof openExpiryMarks>;
