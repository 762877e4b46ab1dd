import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface Database {
  readonly db: DatabaseSync;
  /** Runs `work` in a transaction: commits when it returns, rolls back when it throws. */
  transaction<Result>(work: () => Result): Result;
  /** Safe to call twice. */
  close(): void;
}

/**
 * Opens a database in a folder, and creates both if they do not exist. Committed writes survive a `kill -9`. The file
 * may contain codes, keys and secrets, so only its owner can read it (mode 0600).
 */
export function openDatabase(folder: string, name: string, schema: string): Database {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  closeSync(openSync(file, "a", 0o600));
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`);
  return {
    db,
    transaction(work) {
      db.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}
