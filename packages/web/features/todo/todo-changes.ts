import type { Day } from "../../lib/dates.ts";
import { shownTodosOf, withEdits } from "../sync/state/optimistic-state.ts";
import type { Edits, Key, State, TodoChange } from "../sync/state/state.ts";
import { type Content, contentOf } from "../sync/state/todo-content.ts";

interface NewTodo {
  readonly key: Key;
  readonly title: string;
  readonly dueDate?: Day | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Adds a todo at the end of a list. */
export function toAdd(state: State, list: Key, { key, title, dueDate = null, now }: NewTodo) {
  const last = shownTodosOf(state, list)?.at(-1)?.order ?? 0;
  // By default, an order is the creation time, as on the server. If a clock is wrong, `last + 1` still puts the todo at
  // the end.
  const order = Math.max(now, last + 1);
  const rest = { notes: "", completed: false, dueDate, priority: "none" as const, tags: [] };
  const change: TodoChange = { type: "create-todo", key, list, content: { title, order, ...rest } };
  return change;
}

interface Seen {
  /** The values of the edited members when the user started; the current values by default. */
  readonly seen?: Edits;
  /**
   * The todo as it was last shown. If it was deleted elsewhere since, the edit becomes a conflict for the user to
   * decide.
   */
  readonly last?: Content;
}

export function toEdit(state: State, list: Key, key: Key, edits: Edits, { seen = {}, last }: Seen = {}): TodoChange[] {
  const todo = find(state, list, key) ?? last;
  if (!todo) return [];
  const base = withEdits(contentOf(todo), seen);
  return [{ type: "edit-todo", key, list, edits, base }];
}

export function toRemove(state: State, list: Key, key: Key): TodoChange[] {
  const todo = find(state, list, key);
  return todo ? [removal(list, todo)] : [];
}

/** Removes each completed todo with its own change, so todos that are completed later, here or elsewhere, remain. */
export const toClearCompleted = (state: State, list: Key): TodoChange[] =>
  (shownTodosOf(state, list) ?? []).filter(({ completed }) => completed).map((todo) => removal(list, todo));

export const toCompleteAll = (state: State, list: Key, completed: boolean): TodoChange[] =>
  (shownTodosOf(state, list) ?? [])
    .filter((todo) => todo.completed !== completed)
    .flatMap(({ key }) => toEdit(state, list, key, { completed }));

/**
 * Moves a todo up or down past another one. Between two others, it gets the mean of their orders: between 1000 and
 * 2000, it gets 1500.
 */
export function toMove(state: State, list: Key, key: Key, passed: Key, by: 1 | -1): TodoChange[] {
  const others = (shownTodosOf(state, list) ?? []).filter((todo) => todo.key !== key);
  const index = others.findIndex((todo) => todo.key === passed);
  if (index < 0) return [];
  const next = by === 1 ? index + 1 : index;
  return toEdit(state, list, key, { order: between(others[next - 1]?.order, others[next]?.order) });
}

/**
 * The distance to the neighbor at the start or the end of a list: one second, because orders are times in milliseconds
 * by default.
 */
const wideGap = 1000;

function between(before: number | undefined, after: number | undefined): number {
  if (before === undefined) return (after ?? wideGap) - wideGap;
  return after === undefined ? before + wideGap : before + (after - before) / 2;
}

const find = (state: State, list: Key, key: Key) => shownTodosOf(state, list)?.find((todo) => todo.key === key);

const removal = (list: Key, todo: Content & { readonly key: Key }): TodoChange => ({
  type: "remove-todo",
  key: todo.key,
  list,
  base: contentOf(todo),
});
