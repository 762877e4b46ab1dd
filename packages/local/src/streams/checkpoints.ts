import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/** How far each mapping has read each shard of its stream. */
export interface Checkpoints {
  /** The last sequence number that was dealt with, by shard; empty text for "from the beginning". */
  of(mapping: string, stream: string): Map<string, string>;
  save(mapping: string, stream: string, shard: string, sequenceNumber: string): void;
  close(): void;
}

/** Opens the checkpoints in the data folder; what was saved survives a `kill -9`. */
export function openCheckpoints(dataFolder: string): Checkpoints {
  const folder = path.join(dataFolder, "streams");
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(path.join(folder, "checkpoints.sqlite"));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS checkpoint (
      mapping TEXT, stream TEXT, shard TEXT, sequence_number TEXT, PRIMARY KEY (mapping, stream, shard)
    ) WITHOUT ROWID`);
  const select = database.prepare(
    "SELECT shard, sequence_number AS number FROM checkpoint WHERE mapping = ? AND stream = ?",
  );
  const insert = database.prepare("INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?)");
  return {
    of: (mapping, stream) =>
      new Map(select.all(mapping, stream).map(({ shard, number }) => [String(shard), String(number)])),
    save(mapping, stream, shard, sequenceNumber) {
      insert.run(mapping, stream, shard, sequenceNumber);
    },
    close: () => database.close(),
  };
}
