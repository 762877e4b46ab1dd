import { createHash } from "node:crypto";
import { ReaderId, type UserId } from "../ids.ts";

/**
 * The public id of a user: the first 128 bits of a SHA-256 digest of the private one. The private id holds a random UUID, so nobody can
 * find it by trying; the prefix keeps the digest apart from any other use of the same input. Public ids are stored (blocked readers),
 * so changing this function needs a migration.
 */
export const readerIdOf = (userId: UserId): ReaderId =>
  ReaderId.parse(`rdr_${createHash("sha256").update(`daybook/reader/${userId}`).digest("hex").slice(0, 32)}`);
