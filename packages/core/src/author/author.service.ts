import { Problem } from "../problem.ts";

import type { AuthorRecord } from "./author.repository.ts";
import * as repository from "./author.repository.ts";
import type { Handle } from "./author.ts";

// For the transactions that change a profile.
export { changeWrite, claimWrite, farewellWrite } from "./author.repository.ts";

/** Who has a handle, as readers see them, unless they are gone; one consistent round trip. */
export const find = (handle: Handle): Promise<AuthorRecord | undefined> => repository.find(handle);

/** The same. @throws author-not-found also when they are gone */
export async function get(handle: Handle): Promise<AuthorRecord> {
  const author = await repository.find(handle);
  if (!author) throw new Problem("author-not-found");
  return author;
}
