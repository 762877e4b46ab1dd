import path from "node:path";
import { openDatabase } from "../sqlite.ts";

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
  const { db, close } = openDatabase(
    path.join(dataFolder, "streams"),
    "checkpoints.sqlite",
    `CREATE TABLE IF NOT EXISTS checkpoint (
      mapping TEXT, stream TEXT, shard TEXT, sequence_number TEXT, PRIMARY KEY (mapping, stream, shard)
    ) WITHOUT ROWID`,
  );
  const select = db.prepare("SELECT shard, sequence_number AS number FROM checkpoint WHERE mapping = ? AND stream = ?");
  const insert = db.prepare("INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?)");
  return {
    of: (mapping, stream) =>
      new Map(select.all(mapping, stream).map(({ shard, number }) => [String(shard), String(number)])),
    save(mapping, stream, shard, sequenceNumber) {
      insert.run(mapping, stream, shard, sequenceNumber);
    },
    close,
  };
}
