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

/** A change of all todos of a list, as of a time (ISO 8601). Made from an authorised access, or read back as it was stored. */
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

/** Some of the todos that a sweep changes, and after which todo to look for more. */
interface Candidates {
  readonly ids: readonly TodoId[];
  readonly next: TodoId | undefined;
}

/** A partition takes 1,000 writes a second: more at once wait for each other, and a write that waits too long fails. */
const writesAtOnce = 10;

/** Looks through the next `limit` todos; one round trip. */
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
 * Changes these todos, each by a write of its own, and leaves out those that are so already or gone.
 *
 * @param spare whether to leave out also those that were changed after the time of the sweep
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

/** A sweep that goes on in the background. */
export type StoredSweep = Sweep & { readonly id: string };

/** The sweep of a list that is not finished; one round trip. */
export async function findStored(listId: ListId): Promise<(StoredSweep & { readonly expiresAt: number }) | undefined> {
  const { Item } = await SweepItem.build(GetItemCommand).key({ listId }).options({ consistent: true }).send();
  if (!Item) return undefined;
  const { id, epoch, ownerId, change, createdAt, expiresAt } = Item;
  return { id, listId, epoch, ownerId: UserId.parse(ownerId), change, at: createdAt, expiresAt };
}

/**
 * Leaves a sweep to the consumer of the stream. An unfinished one of the same change is superseded; so is one that cannot matter any
 * more, because the list was emptied since, or because its time is over.
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

/** Takes note that a sweep is finished; one that has superseded it stays. */
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
