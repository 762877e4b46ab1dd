import * as v from "valibot";

type Json = Readonly<Record<string, unknown>>;

/** The format of records in this browser, with the upgrades from the formats of earlier versions. */
export interface StoredFormat<T> {
  /** The current format. Records are validated, because another version may have written them. */
  readonly schema: v.GenericSchema<unknown, T>;
  /**
   * The upgrades by version: the first turns version 1 into 2, the next turns 2 into 3. With two upgrades, the current
   * version is 3.
   */
  readonly upgrades: readonly ((record: Json) => Json)[];
}

const isRecord = (stored: unknown): stored is Json => typeof stored === "object" && stored !== null;

/** Records of version 1 have no version number. */
const versionOf = ({ format = 1 }: Json): unknown => format;

const versionNow = ({ upgrades }: Pick<StoredFormat<unknown>, "upgrades">): number => upgrades.length + 1;

/** Adds the version to a record, for storage. */
export const toStored = <T extends object>(format: StoredFormat<T>, value: T): T & { readonly format: number } => ({
  ...value,
  format: versionNow(format),
});

/**
 * Reads a record of this or an earlier version.
 * @returns undefined for a record that is damaged or was written by a later version. Such a record must be kept; see
 * `textIn`.
 */
export function fromStored<T>(format: StoredFormat<T>, stored: unknown): T | undefined {
  if (!isRecord(stored)) return undefined;
  const version = versionOf(stored);
  if (typeof version !== "number" || version < 1 || version > versionNow(format)) return undefined;
  try {
    const record = format.upgrades.slice(version - 1).reduce((older, upgrade) => upgrade(older), stored);
    const { success, output } = v.safeParse(format.schema, record);
    return success ? output : undefined;
  } catch {
    return undefined;
  }
}

/** Parses JSON text, as in local storage. Damaged text is returned as it is: "{ Milk" gives "{ Milk". */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A record that this version cannot read. It stays stored until the user has seen its text and discards it. */
export interface Unreadable {
  readonly id: string;
  readonly text: string;
  /** The record as it is stored. */
  readonly stored: unknown;
}

export const unreadable = (id: string, stored: unknown): Unreadable => ({ id, text: textIn(stored), stored });

/** The members that contain the user's own text. */
const written = new Set(["title", "notes", "name", "body", "excerpt", "dueDate"]);

/** Returns the user's text in an unreadable record, or the whole record as JSON if no member contains such text. */
export function textIn(stored: unknown): string {
  if (typeof stored === "string") return stored;
  const texts = new Set<string>();
  function look(value: unknown): void {
    if (!isRecord(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (written.has(name) && typeof member === "string" && member.trim() !== "") texts.add(member);
      else look(member);
    }
  }
  look(stored);
  return texts.size > 0 ? [...texts].join("\n") : JSON.stringify(stored, null, 2);
}
