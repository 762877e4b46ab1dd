import { randomUUID } from "node:crypto";
import type { CallContext } from "../call-context.ts";
import { type CountedTodos, isShown } from "../list/list.counts.service.ts";
import * as repository from "./todo.recount.repository.ts";

/**
 * Counts the open todos of a list again, between a start and an end marker. The stream delivers both markers in order
 * with the changes of the todos. Its consumer therefore knows whether a todo changed during the count, and which
 * changes to add to it. Idempotent.
 *
 * Example: the stream holds start, end with 12, "todo completed". No todo changed between the markers, so the consumer
 * sets the count to 12 and then lowers it to 11. After start, "todo added", end with 12, it is unknown whether 12
 * includes the new todo, so the consumer discards 12 and requests another recount.
 */
export async function recount({ clock }: CallContext, todos: CountedTodos): Promise<void> {
  if (!(await isShown(todos))) return;
  const id = randomUUID();
  await repository.begin(todos, id, clock.now());
  await repository.end(todos, id, await repository.countOpen(todos), clock.now());
}
