import { Entity } from "dynamodb-toolbox/entity";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { $add, $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, number, string } from "dynamodb-toolbox/schema";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { duePartition, sweepKey, todoKey, todoPartition, todoPrefix } from "../db/keys.ts";
import { inParallel } from "../db/parallel.ts";
import { itemAttributes, table } from "../db/table.ts";
import { ListId, TodoId, UserId } from "../ids.ts";
import type { ListAccess } from "../list/list.access.ts";
import { Problem } from "../problem.ts";
import { TodoItem } from "./todo.repository.ts";

const SweepItem = new Entity({
  name: "sweep",
  table,
  timestamps: false,
  schema: item({
    listId: string().key(),
    id: string(),
    epoch: number(),
    ownerId: string(),
    change: string().enum("complete", "reopen", "remove-completed"),
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ listId }) => sweepKey(ListId.parse(listId)),
});

export type SweepChange = "complete" | "reopen" | "remove-completed";

/**
 * A change of all todos of a list that existed at the time `at` (ISO 8601). Comes from an authorized access or from a
 * stored sweep.
 *
 * Example: "complete" at 11:00 completes a todo that was updated at 10:00. If a part runs in the background, it skips a
 * todo that the user reopened at 11:10, because its `updatedAt` is later than 11:00.
 */
export interface Sweep {
  readonly listId: ListId;
  readonly epoch: number;
  readonly ownerId: UserId;
  readonly change: SweepChange;
  readonly at: string;
}

export const sweepOf = ({ list }: ListAccess, change: SweepChange, at: string): Sweep => ({
  listId: list.id,
  epoch: list.epoch,
  ownerId: list.ownerId,
  change,
  at,
});

/** Todos that a sweep may change. `next` is the last todo looked at, if there are more after it. */
interface Candidates {
  readonly ids: readonly TodoId[];
  readonly next: TodoId | undefined;
}

/**
 * Concurrent writes of a sweep. A partition takes 1,000 writes per second. More concurrent writes are throttled and may
 * time out. Example: at 10 ms per write, 10 concurrent writes are 1,000 writes per second.
 */
const writesAtOnce = 10;

/**
 * Reads the next `limit` todos in one round trip and returns those that the sweep changes. `limit` counts the todos
 * before the filter. Example: of 500 open and completed todos in turn, "complete" returns 250 ids.
 */
export async function findCandidates(
  { listId, epoch, change }: Sweep,
  { limit, after }: { readonly limit: number; readonly after?: TodoId | undefined },
): Promise<Candidates> {
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(TodoItem)
    .query({ partition: todoPartition(listId, epoch), range: { beginsWith: todoPrefix } })
    .options({
      consistent: true,
      entityAttrFilter: false,
      limit,
      filters: { todo: { attr: "completed", eq: change !== "complete" } },
      ...(after && { exclusiveStartKey: todoKey(listId, epoch, after) }),
    })
    .send();
  return {
    ids: Items.map(({ id }) => TodoId.parse(id)),
    next: LastEvaluatedKey && TodoId.parse(String(LastEvaluatedKey.sk).slice(todoPrefix.length)),
  };
}

/**
 * Changes these todos with one conditional write each. Skips deleted todos and those that already have the new state.
 * Example: a redelivered "complete" finds the todo completed and keeps its `completedAt` and version.
 *
 * @param spare whether to skip todos that were updated after the sweep was requested too. Example: a sweep of 11:00
 * skips a todo with `updatedAt` 11:10.
 */
export async function apply(
  sweep: Sweep,
  ids: readonly TodoId[],
  { spare }: { readonly spare: boolean },
): Promise<void> {
  await inParallel(ids, writesAtOnce, async (id) => {
    try {
      await retryTransactionConflicts(() => applyTo(sweep, id, spare));
    } catch (error) {
      if (!isConditionCheckFailed(error)) throw error;
    }
  });
}

async function applyTo({ listId, epoch, ownerId, change, at }: Sweep, id: TodoId, spare: boolean): Promise<void> {
  const key = { listId, epoch, id };
  const differs = { attr: "completed" as const, eq: change !== "complete" };
  const condition = spare ? { and: [differs, { attr: "updatedAt" as const, lte: at }] } : differs;
  if (change === "remove-completed") {
    await TodoItem.build(DeleteItemCommand).key(key).options({ condition }).send();
    return;
  }
  const completed = change === "complete";
  await TodoItem.build(UpdateAttributesCommand)
    .item({
      ...key,
      completed,
      completedAt: completed ? at : $remove(),
      gsi1pk: completed ? $remove() : duePartition(ownerId),
      updatedAt: at,
      version: $add(1),
    })
    .options({ condition })
    .send();
}

/**
 * A sweep that continues in the background. `id` distinguishes it from one that replaces it. Example: after sweep B
 * replaces sweep A, the consumer of A finds the id of B and stops.
 */
export type StoredSweep = Sweep & { readonly id: string };

/** Returns the unfinished sweep of a list, if any, in one round trip. */
export async function findStored(listId: ListId): Promise<(StoredSweep & { readonly expiresAt: number }) | undefined> {
  const { Item } = await SweepItem.build(GetItemCommand).key({ listId }).options({ consistent: true }).send();
  if (!Item) return undefined;
  const { id, epoch, ownerId, change, createdAt, expiresAt } = Item;
  return { id, listId, epoch, ownerId: UserId.parse(ownerId), change, at: createdAt, expiresAt };
}

/**
 * Stores a sweep for the stream consumer. Replaces an unfinished sweep of the same change, of an earlier epoch (the
 * list was emptied since), or past its expiry.
 *
 * Example: an unfinished "complete" of 11:00 expires at 12:00. At 11:10, another "complete" replaces it, but "reopen"
 * fails with list-busy. At 13:00, "reopen" replaces it.
 *
 * @param expiresAt epoch seconds
 * @throws list-busy when another change is not finished
 */
export async function store(sweep: StoredSweep, expiresAt: number): Promise<void> {
  const { at, ...rest } = sweep;
  const command = SweepItem.build(PutItemCommand)
    .item({ ...rest, expiresAt, createdAt: at, updatedAt: at, version: 1 })
    .options({
      condition: {
        or: [
          { attr: "version", exists: false },
          { attr: "change", eq: sweep.change },
          { attr: "epoch", ne: sweep.epoch },
          { attr: "expiresAt", lt: Math.floor(Date.parse(at) / 1000) },
        ],
      },
    });
  try {
    await retryTransactionConflicts(() => command.send());
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
    throw new Problem("list-busy", { cause: error });
  }
}

/**
 * Deletes the item of a finished sweep. Keeps the item if another sweep has replaced it: it then has another id.
 * Example: sweep A ends after sweep B replaced it, so B is still carried out.
 */
export async function removeStored({ listId, id }: StoredSweep): Promise<void> {
  try {
    await SweepItem.build(DeleteItemCommand)
      .key({ listId })
      .options({ condition: { attr: "id", eq: id } })
      .send();
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}
