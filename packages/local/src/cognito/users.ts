import { isObject } from "../json.ts";
import type { Database } from "../sqlite.ts";
import type { Clock } from "./clock.ts";
import { secondsOf } from "./clock.ts";
import type { Row } from "./database.ts";
import type { Pool } from "./pools.ts";

export type UserStatus = "UNCONFIRMED" | "CONFIRMED";

export interface User {
  readonly poolId: string;
  /** A UUID if users sign in with their email address. Otherwise the user name that they chose. */
  readonly username: string;
  readonly sub: string;
  readonly status: UserStatus;
  /** Attributes by name, without `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly passwordHash: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

function attributesIn(row: Row): Record<string, string> {
  const attributes: unknown = JSON.parse(String(row.attributes));
  return isObject(attributes)
    ? Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]))
    : {};
}

const userIn = (row: Row): User => ({
  poolId: String(row.pool),
  username: String(row.username),
  sub: String(row.sub),
  status: row.status === "CONFIRMED" ? "CONFIRMED" : "UNCONFIRMED",
  attributes: attributesIn(row),
  passwordHash: String(row.password_hash),
  createdAt: Number(row.created_at),
  modifiedAt: Number(row.modified_at),
});

/** Normalizes a sign-in name: in lower case, unless the pool is case-sensitive. */
const loginOf = (pool: Pool, name: string) => (pool.caseSensitive ? name : name.toLowerCase());

/** Stores the users of all pools. */
export function createUsers({ db, transaction }: Database, clock: Clock) {
  const insert = db.prepare(
    "INSERT INTO user (pool, username, sub, login, status, attributes, password_hash, created_at, modified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const select = db.prepare("SELECT * FROM user WHERE pool = ? AND (login = ? OR username = ?)");
  const selectBySub = db.prepare("SELECT * FROM user WHERE sub = ?");
  const selectAll = db.prepare("SELECT * FROM user WHERE pool = ? ORDER BY created_at, username");
  const update = db.prepare("UPDATE user SET status = ?, attributes = ?, modified_at = ? WHERE sub = ?");
  const remove = db.prepare("DELETE FROM user WHERE sub = ?");
  const updatePassword = db.prepare(
    "UPDATE user SET password_hash = ?, status = 'CONFIRMED', failures = 0, modified_at = ? WHERE sub = ?",
  );

  const putPending = db.prepare("INSERT OR REPLACE INTO email_change (sub, email) VALUES (?, ?)");
  const selectPending = db.prepare("SELECT email FROM email_change WHERE sub = ?");
  const removePending = db.prepare("DELETE FROM email_change WHERE sub = ?");
  const updateEmail = db.prepare("UPDATE user SET login = ?, attributes = ?, modified_at = ? WHERE sub = ?");

  const find = (pool: Pool, name: string): User | undefined => {
    const row = select.get(pool.id, loginOf(pool, name), name);
    return row && userIn(row);
  };

  return {
    find,
    bySub: (sub: string): User | undefined => {
      const row = selectBySub.get(sub);
      return row && userIn(row);
    },
    list: (pool: Pool): User[] => selectAll.all(pool.id).map(userIn),

    /**
     * Creates a user.
     * @returns false if the name is already taken
     */
    create(
      pool: Pool,
      login: string,
      user: Pick<User, "username" | "sub" | "status" | "attributes" | "passwordHash">,
    ): boolean {
      const now = secondsOf(clock);
      return transaction(() => {
        if (find(pool, login)) return false;
        const { username, sub, status, attributes, passwordHash } = user;
        const own = [status, JSON.stringify(attributes), passwordHash, now, now] as const;
        insert.run(pool.id, username, sub, loginOf(pool, login), ...own);
        return true;
      });
    },

    /**
     * Confirms a user and merges the given attributes.
     * @returns the updated user
     */
    confirm(user: User, attributes: Readonly<Record<string, string>> = {}): User {
      const confirmed = { ...user, status: "CONFIRMED", attributes: { ...user.attributes, ...attributes } } as const;
      update.run(confirmed.status, JSON.stringify(confirmed.attributes), secondsOf(clock), user.sub);
      return confirmed;
    },

    /** Merges the given attributes into the user's attributes. */
    setAttributes(user: User, attributes: Readonly<Record<string, string>>): void {
      update.run(user.status, JSON.stringify({ ...user.attributes, ...attributes }), secondsOf(clock), user.sub);
    },

    /** Stores a new email address until it is verified. */
    setPendingEmail: (user: User, email: string): void => void putPending.run(user.sub, email),

    /**
     * Replaces the email address by the pending one, which also becomes the sign-in name.
     * @returns false if another user has the address. The change stays pending
     */
    applyPendingEmail(pool: Pool, user: User): boolean {
      return transaction(() => {
        const pending = selectPending.get(user.sub);
        if (!pending) return true;
        const email = String(pending.email);
        const other = find(pool, email);
        if (other && other.sub !== user.sub) return false;
        const attributes = JSON.stringify({ ...user.attributes, email, email_verified: "true" });
        const login = loginOf(pool, pool.signInByEmail ? email : user.username);
        updateEmail.run(login, attributes, secondsOf(clock), user.sub);
        removePending.run(user.sub);
        return true;
      });
    },

    /** Sets a permanent password, confirms the user and resets the failed attempts. Existing tokens remain valid. */
    setPassword(user: User, passwordHash: string): void {
      updatePassword.run(passwordHash, secondsOf(clock), user.sub);
    },

    remove: (user: User) => void remove.run(user.sub),
  };
}

export type Users = ReturnType<typeof createUsers>;
