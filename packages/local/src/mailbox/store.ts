import { parseAs } from "../json.ts";
import { openDatabase } from "../sqlite.ts";
import { addressOf, type ReceivedMail, recipientsOf } from "./mail.ts";

/** Filters mails by address and by earliest arrival time (inclusive, in seconds since 1970). */
export interface MailFilter {
  readonly to?: string | undefined;
  readonly since?: number | undefined;
}

export interface MailStore {
  /** Durable when it returns: a crash loses nothing. */
  add(mail: ReceivedMail): void;
  get(messageId: string): ReceivedMail | undefined;
  /** Newest first. */
  list(filter?: MailFilter): ReceivedMail[];
  clear(): void;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS mail (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, content TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS recipient (address TEXT NOT NULL, number INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE, PRIMARY KEY (address, number)) WITHOUT ROWID;
`;

/** The column contains what `add` wrote, so it needs no second check. */
const mailIn = (row: Record<string, unknown> | undefined) => row && parseAs<ReceivedMail>(String(row.content));

/** Opens the mails in the data folder. */
export function openMailStore(dataFolder: string): MailStore {
  const { db, transaction, close } = openDatabase(dataFolder, "mailbox.sqlite", schema);
  const insertMail = db.prepare("INSERT INTO mail (id, at, content) VALUES (?, ?, ?)");
  const insertRecipient = db.prepare("INSERT INTO recipient (address, number) VALUES (?, ?)");
  const selectOne = db.prepare("SELECT content FROM mail WHERE id = ?");
  const selectAll = db.prepare("SELECT content FROM mail WHERE at >= ? ORDER BY number DESC");
  const selectFor = db.prepare(
    "SELECT content FROM recipient JOIN mail USING (number) WHERE address = ? AND at >= ? ORDER BY number DESC",
  );
  return {
    add: (mail) =>
      transaction(() => {
        const { lastInsertRowid } = insertMail.run(mail.messageId, mail.at, JSON.stringify(mail));
        for (const address of recipientsOf(mail)) insertRecipient.run(address, lastInsertRowid);
      }),
    get: (messageId) => mailIn(selectOne.get(messageId)),
    list({ to, since = 0 } = {}) {
      const rows = to === undefined ? selectAll.all(since) : selectFor.all(addressOf(to), since);
      return rows.map(mailIn).filter((mail) => mail !== undefined);
    },
    clear: () => db.exec("DELETE FROM mail; DELETE FROM recipient;"),
    close,
  };
}
