import * as v from "valibot";

type Json = Readonly<Record<string, unknown>>;

/** How records are kept in this browser, and how what earlier versions of the app wrote becomes what this one reads. */
export interface StoredFormat<T> {
  /** What a record holds now. It is checked, since another version may have written it. */
  readonly schema: v.GenericSchema<unknown, T>;
  /** The first makes version 2 of version 1, the next 3 of 2. So the version is one more than there are upgrades. */
  readonly upgrades: readonly ((record: Json) => Json)[];
}

const isRecord = (stored: unknown): stored is Json => typeof stored === "object" && stored !== null;

/** Version 1 was written without its number. */
const versionOf = ({ format = 1 }: Json): unknown => format;

const versionNow = ({ upgrades }: Pick<StoredFormat<unknown>, "upgrades">): number => upgrades.length + 1;

/** A record as it is kept: with its version. */
export const toStored = <T extends object>(format: StoredFormat<T>, value: T): T & { readonly format: number } => ({
  ...value,
  format: versionNow(format),
});

/**
 * A record of this or an earlier version.
 * @returns nothing for a record that cannot be read: a later version wrote it, or it is damaged. It must be kept aside, see `textIn`.
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

/** The same of text in local storage. */
export function fromStoredText<T>(format: StoredFormat<T>, text: string): T | undefined {
  try {
    return fromStored(format, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A record that this version cannot read. It stays where it is until the person has seen its text and discards it. */
export interface Unreadable {
  readonly id: string;
  readonly text: string;
}

/** The members that a person fills with words. */
const written = new Set(["title", "notes", "name", "body", "excerpt", "dueDate"]);

/** What a person wrote, out of a record that cannot be read; all of the record if there is nothing of the kind. */
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
