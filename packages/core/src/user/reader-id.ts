import { createHash } from "node:crypto";
import { ReaderId, type UserId } from "../ids.ts";

/**
 * Returns the public id of a user: the first 128 bits of a SHA-256 digest of the private id. The private id holds a
 * random UUID, so it cannot be guessed from the digest. The prefix separates the digest from other uses of the same
 * input. Public ids are stored (blocked readers), so changing this function needs a
 * migration. The digest does not depend on the product's name, which can change.
 */
export const readerIdOf = (userId: UserId): ReaderId =>
  ReaderId.parse(`rdr_${createHash("sha256").update(`reader/${userId}`).digest("hex").slice(0, 32)}`);
