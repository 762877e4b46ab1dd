import { writeIf } from "../db/write.ts";
import type { ListId } from "../ids.ts";
import type { Count } from "./list.counts.ts";
import { storedLists } from "./list.repository.ts";

/** Returns the epoch and the open-todo count of a list. One consistent round trip. */
export async function findCount(id: ListId): Promise<{ readonly epoch: number; readonly count: Count } | undefined> {
  const list = await storedLists.get({ id });
  if (!list) return undefined;
  const { epoch, openTodos, countedTo, countedAt, recount } = list;
  return { epoch, count: { openTodos, countedTo, countedAt, recount } };
}

/**
 * Replaces a count, without changing the list's version. The write is conditional on the epoch and on `countedTo`. One
 * round trip.
 *
 * Example: two consumers read `countedTo` #4. The first stores #10. The second expects #4, so its write fails, and it
 * gets false.
 *
 * @returns false when the list was deleted or emptied, or another consumer has stored a count since `before`
 */
export const saveCount = (
  { id, epoch }: { readonly id: ListId; readonly epoch: number },
  before: Count,
  { recount, ...counted }: Count,
): Promise<boolean> =>
  writeIf(
    storedLists.update(
      { id },
      { ...counted, recount: recount ?? null },
      { epoch, countedTo: before.countedTo ?? { exists: false } },
    ),
  );
