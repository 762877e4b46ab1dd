import { type Database, openDatabase } from "../sqlite.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS signing_key (
    pool TEXT NOT NULL, use TEXT NOT NULL, kid TEXT NOT NULL, private_key TEXT NOT NULL, PRIMARY KEY (pool, use)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS user (
    pool TEXT NOT NULL, username TEXT NOT NULL, sub TEXT NOT NULL UNIQUE, login TEXT NOT NULL, status TEXT NOT NULL,
    attributes TEXT NOT NULL, password_hash TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, failed_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (pool, username), UNIQUE (pool, login)
  );
  CREATE TABLE IF NOT EXISTS user_code (
    sub TEXT NOT NULL REFERENCES user (sub) ON DELETE CASCADE, purpose TEXT NOT NULL, code TEXT,
    expires_at INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0, requests INTEGER NOT NULL, counted_from INTEGER NOT NULL,
    PRIMARY KEY (sub, purpose)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS email_change (
    sub TEXT PRIMARY KEY REFERENCES user (sub) ON DELETE CASCADE, email TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS session (
    origin_jti TEXT PRIMARY KEY, client TEXT NOT NULL, sub TEXT NOT NULL REFERENCES user (sub) ON DELETE CASCADE,
    auth_time INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS session_of_user ON session (sub);
  CREATE TABLE IF NOT EXISTS refresh_token (
    hash TEXT PRIMARY KEY, origin_jti TEXT NOT NULL REFERENCES session ON DELETE CASCADE, rotated_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS refresh_token_of_session ON refresh_token (origin_jti);
  CREATE TABLE IF NOT EXISTS software_token (
    sub TEXT PRIMARY KEY REFERENCES user (sub) ON DELETE CASCADE, pending TEXT, secret TEXT,
    enabled INTEGER NOT NULL DEFAULT 0, preferred INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS software_token_use (
    sub TEXT NOT NULL REFERENCES user (sub) ON DELETE CASCADE, step INTEGER NOT NULL, PRIMARY KEY (sub, step)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS challenge (
    hash TEXT PRIMARY KEY, client TEXT NOT NULL, sub TEXT NOT NULL REFERENCES user (sub) ON DELETE CASCADE, step TEXT NOT NULL,
    expires_at INTEGER NOT NULL, spent INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
`;

/** A row as SQLite returns it. */
export type Row = Readonly<Record<string, unknown>>;

/** Opens the database of the user pools, with their signing keys and TOTP secrets. */
export const openPools = (dataFolder: string): Database => openDatabase(dataFolder, "cognito.sqlite", schema);
