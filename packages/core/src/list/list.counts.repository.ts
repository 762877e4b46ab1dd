import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";

import type { ListId } from "../ids.ts";
import type { Count } from "./list.counts.ts";
import { ListItem } from "./list.repository.ts";

/** Returns the epoch and the open-todo count of a list. One consistent round trip. */
export async function findCount(id: ListId): Promise<{ readonly epoch: number; readonly count: Count } | undefined> {
  const { Item } = await ListItem.build(GetItemCommand).key({ id }).options({ consistent: true }).send();
  if (!Item) return undefined;
  const { epoch, openTodos, countedTo, countedAt, recount } = Item;
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
export async function saveCount(
  { id, epoch }: { readonly id: ListId; readonly epoch: number },
  before: Count,
  { openTodos, recount, ...counted }: Count,
): Promise<boolean> {
  const since =
    before.countedTo === undefined
      ? { attr: "countedTo" as const, exists: false as const }
      : { attr: "countedTo" as const, eq: before.countedTo };
  const command = ListItem.build(UpdateAttributesCommand)
    .item({ id, ...(openTodos !== undefined && { openTodos }), ...counted, recount: recount ?? $remove() })
    .options({ condition: { and: [{ attr: "epoch", eq: epoch }, since] } });
  try {
    await retryTransactionConflicts(() => command.send());
    return true;
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
    return false;
  }
}
