import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import { type CountedTodos, isShown } from "../list/list.counts.service.ts";
import * as repository from "./todo.recount.repository.ts";

/**
 * Counts the open todos of a list anew, between two marks among them. The stream tells of the marks in their place among the changes
 * of the todos, so that whoever reads it knows whether anything changed while they were counted, and what to count from there on.
 * Beginning again is harmless.
 */
export async function recount(todos: CountedTodos, clock: Clock): Promise<void> {
  if (!(await isShown(todos))) return;
  const id = randomUUID();
  await repository.begin(todos, id, clock.now());
  await repository.end(todos, id, await repository.countOpen(todos), clock.now());
}
