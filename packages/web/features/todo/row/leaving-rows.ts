import type { ShownTodo } from "../use-todos.ts";

/** A todo that is gone already, and is seen for a moment longer. */
export interface Leaving {
  readonly todo: ShownTodo;
  /** The key of the todo that it stood below; nothing if it was the first. */
  readonly after: string | undefined;
}

/** More at once would be a page on the move. */
const most = 12;

/**
 * Who is seen for a moment longer when a list becomes another.
 * @param leaving those who were leaving before
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

/** The rows of a list, with those that are leaving in their old places. */
export function rowsOf(todos: readonly ShownTodo[], leaving: readonly Leaving[]): Row[] {
  const rows = todos.map((todo): Row => ({ todo, leaving: false }));
  for (const { todo, after } of leaving) {
    const place = rows.findIndex((row) => row.todo.key === after);
    rows.splice(place + 1, 0, { todo, leaving: true });
  }
  return rows;
}
