import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";

import type { ListId } from "../ids.ts";
import type { Count } from "./list.counts.ts";
import { ListItem } from "./list.repository.ts";

/** The epoch of a list, and the count of its open todos; one consistent round trip. */
export async function findCount(id: ListId): Promise<{ readonly epoch: number; readonly count: Count } | undefined> {
  const { Item } = await ListItem.build(GetItemCommand).key({ id }).options({ consistent: true }).send();
  if (!Item) return undefined;
  const { epoch, openTodos, countedTo, countedAt, recount } = Item;
  return { epoch, count: { openTodos, countedTo, countedAt, recount } };
}

/**
 * Stores the count that follows another, and leaves the list's version as it is; one round trip.
 *
 * @returns false when the list is gone, has another epoch, or somebody else has counted since
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
