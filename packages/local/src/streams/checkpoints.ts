import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Position of each mapping in each shard of its stream. */
export interface Checkpoints {
  /**
   * Returns the last processed sequence number by shard. An empty string means the beginning of the shard.
   * Example: `{ "shard-1" → "105", "shard-2" → "" }`: reading continues after record 105 and before the first record.
   */
  of(mapping: string, stream: string): Map<string, string>;
  save(mapping: string, stream: string, shard: string, sequenceNumber: string): void;
  close(): void;
}

/** Opens the checkpoints in the data folder. Saved checkpoints survive a `kill -9`. */
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
