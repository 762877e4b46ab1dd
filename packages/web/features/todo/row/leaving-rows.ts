import type { ShownTodo } from "../use-todos.ts";

/** A todo of the list, or one that has left it and is rendered until its animation ends. */
export interface Row {
  readonly todo: ShownTodo;
  readonly leaving: boolean;
}

/** Above this number, rows disappear without an animation. */
const most = 12;

/**
 * Returns the rows of a list that has changed, with the todos that have left it in their old places.
 * @param before the rows that were shown before the change
 */
export function rowsOf(todos: readonly ShownTodo[], before: readonly Row[] = []): Row[] {
  const rows = todos.map((todo): Row => ({ todo, leaving: false }));
  const here = new Set(todos.map(({ key }) => key));
  const gone = before.filter(({ todo }) => !here.has(todo.key));
  if (gone.length > most) return rows;
  for (const row of gone) {
    const above = before[before.indexOf(row) - 1]?.todo.key;
    rows.splice(rows.findIndex(({ todo }) => todo.key === above) + 1, 0, { ...row, leaving: true });
  }
  return rows;
}
