import type { ListId } from "../ids.ts";
import { Problem } from "../problem.ts";
import * as repository from "./list.counts.repository.ts";
import { type CountChange, counted } from "./list.counts.ts";

/** The todos of a list since it was last emptied. */
export interface CountedTodos {
  readonly listId: ListId;
  readonly epoch: number;
}

/** Whoever else writes the count has counted: the next attempt finds less to do. */
const attempts = 5;

/**
 * Counts what the stream tells of the todos of a list. However often it tells the same, it counts once: the count and the place up to
 * which it is right are one item, and change together. What is not shown any more is not counted: that of a deleted list or a former
 * epoch.
 *
 * @param changes in the order of the stream
 * @param ask is called before the doubt is stored, so that it is not forgotten
 * @returns what became of them, for the log
 */
export async function count(
  { listId: id, epoch }: CountedTodos,
  changes: readonly CountChange[],
  ask: () => Promise<void>,
): Promise<"counted" | "counted before" | "hidden"> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const list = await repository.findCount(id);
    if (list?.epoch !== epoch) return "hidden";
    const next = counted(list.count, changes);
    if (!next) return "counted before";
    if (next.ask) await ask();
    if (await repository.saveCount({ id, epoch }, list.count, next.count)) return "counted";
  }
  throw new Problem("temporarily-unavailable", { cause: new Error("Somebody else counts the same list") });
}

/** Whether the list is there, and shows the todos of this epoch; one consistent round trip. */
export async function isShown({ listId, epoch }: CountedTodos): Promise<boolean> {
  return (await repository.findCount(listId))?.epoch === epoch;
}
