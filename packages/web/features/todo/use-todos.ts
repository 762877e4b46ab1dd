import { useEffect, useMemo } from "react";
import type { UndoableChange } from "../sync/engine.ts";
import { fetchStatusOf } from "../sync/fetch/fetch-status.ts";
import { type ShownTodo, shownTodosOf } from "../sync/state/optimistic-state.ts";
import { type Edits, findList, type Key } from "../sync/state/state.ts";
import { useEngine, useEngineState } from "../sync/use-engine.ts";
import * as changes from "./todo-changes.ts";

export type { ShownTodo } from "../sync/state/optimistic-state.ts";
export type { UndoableChange };

/** What of a todo can be changed beside its title and its being done. `dueDate` is a day (`2026-11-21`), or `null` for none. */
export type TodoChanges = { readonly notes?: string; readonly dueDate?: string | null };

/**
 * The todos of a list, as the person left them: what the server last said, with all changes that are kept here until they are there.
 *
 * Every action shows its effect at once and never fails; what cannot be sent is marked (`state`), retried, and told by `useProblems`.
 *
 * - `status`: `pending` until there is something to show; `error` if there is nothing to show since it could not be fetched;
 *   `missing` if there is no such list.
 * - `rename` takes the title that the person saw when they began to type: if somebody else has given another one since, they are asked.
 * - `remove`, `clearCompleted` are held for some seconds; the handle takes them back (`undo`), or sends them now (`commit`).
 *
 * @param list the key or the id of a list; nothing for the inbox
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
    /** @param seen what the person saw of the same members when they began to edit; by default, what is shown now */
    update: (todo: ShownTodo, edits: TodoChanges, seen?: TodoChanges) => edit(todo, edits, seen),
    move: (key: Key, place: changes.Place) => void engine.record(changes.toMove(state(), at, key, place)),
    completeAll: (completed: boolean) => void engine.record(changes.toCompleteAll(state(), at, completed)),
    remove: (key: Key): UndoableChange => engine.record(changes.toRemove(state(), at, key), { undoable: true }),
    clearCompleted: (): UndoableChange => engine.record(changes.toClearCompleted(state(), at), { undoable: true }),
  };
}
