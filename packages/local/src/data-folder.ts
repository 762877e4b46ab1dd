import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another local cloud is using the data folder. */
export class DataFolderInUseError extends Error {
  override readonly name = "DataFolderInUseError";
  readonly folder: string;
  readonly owner: string;
  constructor(folder: string, owner: string) {
    super(`${folder} is in use by process ${owner}`);
    this.folder = folder;
    this.owner = owner;
  }
}

/**
 * Creates the data folder of a local cloud and locks it for this process. Two processes writing the same files would
 * lose data. The lock is an open SQLite transaction, so the operating system releases it when the process ends, even
 * after a crash.
 * @throws DataFolderInUseError
 */
export function takeDataFolder(folder: string): { release(): void } {
  mkdirSync(folder, { recursive: true });
  const pidFile = path.join(folder, "process.pid");
  const lock = new DatabaseSync(path.join(folder, "lock.sqlite"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new DataFolderInUseError(folder, existsSync(pidFile) ? readFileSync(pidFile, "utf8") : "unknown");
  }
  writeFileSync(pidFile, String(process.pid));
  return { release: () => lock.close() };
}
