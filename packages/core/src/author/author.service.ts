import { Problem } from "../problem.ts";

import type { AuthorRecord } from "./author.repository.ts";
import * as repository from "./author.repository.ts";
import type { Handle } from "./author.ts";

// For the transactions that change a profile.
export { changeWrite, claimWrite, farewellWrite } from "./author.repository.ts";

/** Returns the public profile for a handle, unless the account was deleted. One consistent round trip. */
export const find = (handle: Handle): Promise<AuthorRecord | undefined> => repository.find(handle);

/** Returns the public profile for a handle. @throws author-not-found if there is none or the account was deleted */
export async function get(handle: Handle): Promise<AuthorRecord> {
  const author = await repository.find(handle);
  if (!author) throw new Problem("author-not-found");
  return author;
}
