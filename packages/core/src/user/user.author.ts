import { changeWrite, claimWrite } from "../author/author.service.ts";
import type { Write } from "../db/write.ts";
import { Problem } from "../problem.ts";
import type { ProfileRecord } from "./user.repository.ts";

/**
 * Returns the write of the public author, a denormalized copy without private data. Empty for a user without a handle.
 *
 * @throws handle-chosen, name-required
 */
export function authorWrites(before: ProfileRecord, after: ProfileRecord): Write[] {
  const { id, handle, name, bio, avatar } = after;
  if (before.handle !== null && handle !== before.handle) throw new Problem("handle-chosen");
  if (handle === null) return [];
  if (name === null) throw new Problem("name-required");
  const author = { handle, userId: id, name, bio, avatar };
  return [before.handle === null ? claimWrite(author, after) : changeWrite(author, after)];
}
