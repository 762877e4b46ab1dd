import type { ShownTodo } from "../use-todos.ts";

/** A todo that has left the list, and is rendered until its animation ends. */
export interface Leaving {
  readonly todo: ShownTodo;
  /** The key of the todo above it; undefined if it was the first. */
  readonly after: string | undefined;
}

/** Above this number, rows disappear without an animation. */
const most = 12;

/**
 * Returns the todos to animate when a list changes. Returns none if there are more than `most`.
 * @param leaving the todos that were being animated before
 */
export function leavingOf(
  before: readonly ShownTodo[],
  now: readonly ShownTodo[],
  leaving: readonly Leaving[] = [],
): Leaving[] {
  const here = new Set(now.map(({ key }) => key));
  const gone = before.flatMap((todo, place) => (here.has(todo.key) ? [] : [{ todo, after: before[place - 1]?.key }]));
  const all = [...leaving.filter(({ todo }) => !here.has(todo.key)), ...gone];
  return all.length > most ? [] : all;
}

export type Row = { readonly todo: ShownTodo; readonly leaving: boolean };

/** Returns the rows of a list, with leaving todos in their old places. */
export function rowsOf(todos: readonly ShownTodo[], leaving: readonly Leaving[]): Row[] {
  const rows = todos.map((todo): Row => ({ todo, leaving: false }));
  for (const { todo, after } of leaving) {
    const place = rows.findIndex((row) => row.todo.key === after);
    rows.splice(place + 1, 0, { todo, leaving: true });
  }
  return rows;
}
