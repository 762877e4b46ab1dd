import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isObject, number, text } from "../json.ts";

/** State of a schedule that survives restarts. Times in milliseconds since the epoch. */
export interface Remembered {
  readonly expression: string;
  /** When this expression was first seen. Rates start here. */
  readonly since: number;
  /** Due times up to this moment are processed, or were watched by a running scheduler. */
  readonly seenUntil: number;
}

export interface ScheduleMemory {
  of(name: string): Remembered | undefined;
  save(name: string, remembered: Remembered): void;
}

function read(file: string): Map<string, Remembered> {
  const parsed: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const known = new Map<string, Remembered>();
  for (const [name, value] of Object.entries(isObject(parsed) ? parsed : {})) {
    if (!isObject(value)) continue;
    const [expression, since, seenUntil] = [text(value.expression), number(value.since), number(value.seenUntil)];
    if (expression !== undefined && since !== undefined && seenUntil !== undefined)
      known.set(name, { expression, since, seenUntil });
  }
  return known;
}

/** Opens the state in the data folder. */
export function openMemory(dataFolder: string): ScheduleMemory {
  mkdirSync(dataFolder, { recursive: true });
  const file = path.join(dataFolder, "schedules.json");
  const known = read(file);
  return {
    of: (name) => known.get(name),
    save(name, remembered) {
      known.set(name, remembered);
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(known), undefined, 2));
      renameSync(`${file}.new`, file);
    },
  };
}
