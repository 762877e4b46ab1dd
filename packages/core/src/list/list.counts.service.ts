import { OptimisticLockError, retryOptimistically } from "../db/optimistic-retry.ts";
import { inParallel } from "../db/parallel.ts";
import type { ListId } from "../ids.ts";
import * as repository from "./list.counts.repository.ts";
import { type CountChange, counted } from "./list.counts.ts";

/** The todos of a list in one epoch. Emptying the list starts the next epoch: epoch 0 becomes epoch 1. */
export interface CountedTodos {
  readonly listId: ListId;
  readonly epoch: number;
}

/**
 * Retries when another consumer has stored a count. If that consumer counted changes 1 to 10, a retry with changes 5 to
 * 12 only adds 11 and 12.
 */
const attempts = 5;
const listsAtOnce = 8;

/** Changes of the todos of one list, in the order of the stream. */
interface ListChanges {
  readonly todos: CountedTodos;
  readonly changes: readonly CountChange[];
}

/**
 * Updates the open-todo counts of several lists. If one fails, requests its recount and continues with the others.
 *
 * @param onFailure logs the error of a list
 * @returns the outcomes, for the log
 */
export async function countAll(
  lists: readonly ListChanges[],
  requestRecount: (todos: CountedTodos) => Promise<void>,
  onFailure: (todos: CountedTodos, error: unknown) => void,
): Promise<string[]> {
  const outcomes: string[] = [];
  await inParallel(lists, listsAtOnce, async ({ todos, changes }) => {
    const ask = () => requestRecount(todos);
    try {
      outcomes.push(await count(todos, changes, ask));
    } catch (error) {
      onFailure(todos, error);
      await ask();
      outcomes.push("miscounted");
    }
  });
  return outcomes;
}

/**
 * Updates the open-todo count of a list from its stream records. Idempotent: the count and the position up to which it
 * is complete are in one item and change together. Ignores changes of a deleted list or of a previous epoch.
 *
 * Example: each change opens a todo. After changes 1 to 4, the count is 4. When the stream delivers 1 to 6 next, the
 * count becomes 6, and "counted" is returned. When it delivers 5 and 6 again, nothing is stored, and "counted before"
 * is returned. After the list is emptied (epoch 1), changes of epoch 0 return "hidden".
 *
 * @param changes in the order of the stream
 * @param ask requests a recount. It is called before the doubt is stored, so that a failed request is repeated with the
 * redelivery
 * @returns the outcome, for the log
 * @throws temporarily-unavailable when other consumers store a count during each attempt
 */
export async function count(
  { listId: id, epoch }: CountedTodos,
  changes: readonly CountChange[],
  ask: () => Promise<void>,
): Promise<"counted" | "counted before" | "hidden"> {
  return retryOptimistically(async () => {
    const list = await repository.findCount(id);
    if (list?.epoch !== epoch) return "hidden";
    const next = counted(list.count, changes);
    if (!next) return "counted before";
    if (next.ask) await ask();
    if (!(await repository.saveCount({ id, epoch }, list.count, next.count))) throw new OptimisticLockError();
    return "counted";
  }, attempts);
}

/**
 * Returns whether the list exists in this epoch: false for epoch 0 after the list was emptied. One consistent round
 * trip.
 */
export async function isShown({ listId, epoch }: CountedTodos): Promise<boolean> {
  return (await repository.findCount(listId))?.epoch === epoch;
}
