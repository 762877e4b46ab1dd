import { useEffect, useMemo } from "react";
import type { Day } from "../../lib/dates.ts";
import type { Engine, UndoableChange } from "../sync/engine.ts";
import { fetchStatusOf } from "../sync/fetch/fetch-status.ts";
import { type ShownTodo, shownTodosOf } from "../sync/state/optimistic-state.ts";
import { type Edits, findList, type Key } from "../sync/state/state.ts";
import { useEngine } from "../sync/use-engine.ts";
import * as changes from "./todo-changes.ts";

export type { ShownTodo } from "../sync/state/optimistic-state.ts";
export type { UndoableChange };

/**
 * Returns the todos of a list: the last state from the server, with all pending changes applied.
 *
 * Every action takes effect at once and never fails. A change that cannot be sent is marked (`state`), retried, and
 * reported by `useProblems`.
 *
 * - `status`: `pending` until there is data; `error` if there is no data and fetching failed.
 * - `edit` takes the values when the user started typing. If another device has changed them since, the user decides.
 * - `remove` and `clearCompleted` are delayed by a few seconds. Their handle cancels them (`undo`) or sends them now
 * (`commit`).
 *
 * @param list the key of a list
 */
export function useTodos(list: Key) {
  const { engine, state, failures } = useEngine();
  const id = findList(state, list)?.id ?? list;
  useEffect(() => engine.watch(id), [engine, id]);

  const todos = useMemo(() => shownTodosOf(state, list), [state, list]);
  const actions = useMemo(() => actionsOf(engine, list), [engine, list]);
  return { ...fetchStatusOf(todos, failures, "lists", id), todos: todos ?? [], actions };
}

function actionsOf(engine: Engine, list: Key) {
  const { state } = engine;
  return {
    reload: () => engine.reload(),
    /** @returns the key of the new todo */
    add(title: string, dueDate: Day | null): Key {
      const key = crypto.randomUUID();
      engine.record([changes.toAdd(state(), list, { key, title, dueDate, now: Date.now() })]);
      return key;
    },
    complete: (key: Key, completed: boolean) => void engine.record(changes.toEdit(state(), list, key, { completed })),
    edit: (todo: ShownTodo, edits: Edits, seen: Edits) =>
      void engine.record(changes.toEdit(state(), list, todo.key, edits, { seen, last: todo })),
    move: (key: Key, passed: Key, by: 1 | -1) => void engine.record(changes.toMove(state(), list, key, passed, by)),
    completeAll: (completed: boolean) => void engine.record(changes.toCompleteAll(state(), list, completed)),
    remove: (key: Key): UndoableChange => engine.record(changes.toRemove(state(), list, key), { undoable: true }),
    clearCompleted: (): UndoableChange => engine.record(changes.toClearCompleted(state(), list), { undoable: true }),
  };
}
