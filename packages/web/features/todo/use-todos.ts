import { useEffect, useMemo } from "react";
import type { UndoableChange } from "../sync/engine.ts";
import { fetchStatusOf } from "../sync/fetch/fetch-status.ts";
import { type ShownTodo, shownTodosOf } from "../sync/state/optimistic-state.ts";
import { type Edits, findList, type Key } from "../sync/state/state.ts";
import { useEngine, useEngineState } from "../sync/use-engine.ts";
import * as changes from "./todo-changes.ts";

export type { ShownTodo } from "../sync/state/optimistic-state.ts";
export type { UndoableChange };

/**
 * The members of a todo that the details can change, besides its title and completion. `dueDate` is a date
 * (`2026-11-21`), or `null` for none.
 */
export type TodoChanges = { readonly notes?: string; readonly dueDate?: string | null };

/**
 * Returns the todos of a list: the last state from the server, with all pending changes applied.
 *
 * Every action takes effect at once and never fails. A change that cannot be sent is marked (`state`), retried, and
 * reported by `useProblems`.
 *
 * - `status`: `pending` until there is data; `error` if there is no data and fetching failed; `missing` if the list
 * does not exist.
 * - `rename` takes the title when the user started typing. If another device has changed it since, the user decides.
 * - `remove` and `clearCompleted` are delayed by a few seconds. Their handle cancels them (`undo`) or sends them now
 * (`commit`).
 *
 * @param list the key or the id of a list; undefined for the inbox
 */
export function useTodos(list: Key | undefined) {
  const engine = useEngine();
  const { state, failures } = useEngineState();
  const key = list ?? state.lists?.items.find(({ kind }) => kind === "inbox")?.key;
  const id = key === undefined ? undefined : (findList(state, key)?.id ?? key);
  useEffect(() => (id === undefined ? undefined : engine.watch(id)), [engine, id]);

  const todos = useMemo(() => (key === undefined ? undefined : shownTodosOf(state, key)), [state, key]);
  const actions = useMemo(() => actionsOf(engine, key), [engine, key]);
  return {
    ...fetchStatusOf(state, failures, { list: key, shown: todos !== undefined }),
    todos: todos ?? [],
    ...actions,
  };
}

function actionsOf(engine: ReturnType<typeof useEngine>, list: Key | undefined) {
  const at = list ?? "";
  const state = () => engine.state();
  const edit = (todo: ShownTodo, edits: Edits, seen: Edits = {}) =>
    void engine.record(changes.toEdit(state(), at, todo.key, edits, { seen, last: todo }));
  return {
    reload: () => engine.reload(),
    /** @returns the key of the new todo */
    add(title: string): Key {
      const key = crypto.randomUUID();
      engine.record([changes.toAdd(state(), at, { key, title, now: Date.now() })]);
      return key;
    },
    complete: (key: Key, completed: boolean) => void engine.record(changes.toEdit(state(), at, key, { completed })),
    rename: (todo: ShownTodo, title: string, base: string) => edit(todo, { title }, { title: base }),
    /** @param seen the values of the edited members when the user started; the current values by default */
    update: (todo: ShownTodo, edits: TodoChanges, seen?: TodoChanges) => edit(todo, edits, seen),
    move: (key: Key, place: changes.Place) => void engine.record(changes.toMove(state(), at, key, place)),
    completeAll: (completed: boolean) => void engine.record(changes.toCompleteAll(state(), at, completed)),
    remove: (key: Key): UndoableChange => engine.record(changes.toRemove(state(), at, key), { undoable: true }),
    clearCompleted: (): UndoableChange => engine.record(changes.toClearCompleted(state(), at), { undoable: true }),
  };
}
