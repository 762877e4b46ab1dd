import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Log } from "../../service-types.ts";
import { type DynamoEngine, EngineUnavailableError } from "./engine.ts";
import { startEngine } from "./engine-process.ts";
import { startGuarded } from "./guarded-process.ts";

/** Returns the path of the installed binary for a platform. Undefined if npm has not installed one. */
export function dynoxideBinary(
  platform: NodeJS.Platform = process.platform,
  architecture: string = process.arch,
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): string | undefined {
  try {
    const folder = path.dirname(resolve(`@dynoxide/${platform}-${architecture}/package.json`));
    const file = path.join(folder, platform === "win32" ? "dynoxide.exe" : "dynoxide");
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Starts dynoxide with a file of the data folder. Acknowledged writes survive a `kill -9` of either process.
 * @throws EngineUnavailableError if npm has no binary for this platform, or if the engine does not start
 */
export async function startDynoxide({ dataFolder, log }: { dataFolder: string; log: Log }): Promise<DynamoEngine> {
  const binary = dynoxideBinary();
  if (!binary)
    throw new EngineUnavailableError(
      `npm has not installed a dynoxide binary for ${process.platform}-${process.arch}.`,
    );
  const folder = path.resolve(dataFolder, "dynamodb");
  const file = path.join(folder, "dynoxide.db");
  mkdirSync(folder, { recursive: true });
  const engine = await startEngine({
    name: "dynoxide",
    arnPrefix: "arn:aws:dynamodb:dynoxide:000000000000:",
    folder,
    marker: file,
    timeoutMs: 10_000,
    log,
    start: (port, pidFile) =>
      startGuarded(binary, ["--host", "127.0.0.1", "--port", String(port), "--db-path", file], pidFile),
  });
  indexStreamRecords(file);
  return engine;
}

/**
 * Adds indexes to the table in which dynoxide 1.2 stores stream records. Without them, every write and every read of a
 * stream scans all records, which `dynoxide.time.test.ts` measures.
 */
function indexStreamRecords(file: string): void {
  using database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(`
    CREATE INDEX IF NOT EXISTS stream_records_by_number
      ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
    CREATE INDEX IF NOT EXISTS stream_records_by_shard
      ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
    CREATE INDEX IF NOT EXISTS stream_records_by_text ON _stream_records (table_name, shard_id, sequence_number);
  `);
}
