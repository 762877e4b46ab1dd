import { shownTodosOf, withEdits } from "../sync/state/optimistic-state.ts";
import { type Edits, findList, type Key, type State, type TodoChange } from "../sync/state/state.ts";
import { type Content, contentOf } from "../sync/state/todo-content.ts";

/** Where a todo is moved to: beside another one. */
export type Place = { readonly before: Key } | { readonly after: Key };

/** The key of a list that is named by its key or its id. */
const keyOf = (state: State, list: Key): Key => findList(state, list)?.key ?? list;

/** A new todo at the end of a list. @param now milliseconds since the epoch */
export function toAdd(state: State, list: Key, { key, title, now }: { key: Key; title: string; now: number }) {
  const last = shownTodosOf(state, list)?.at(-1)?.order ?? 0;
  // Later todos follow earlier ones, as with todos that the server gives a place; but also where a clock is wrong.
  const order = Math.max(now, last + 1);
  const rest = { notes: "", completed: false, dueDate: null, priority: "none" as const, tags: [] };
  const change: TodoChange = { type: "create-todo", key, list: keyOf(state, list), content: { title, order, ...rest } };
  return change;
}

interface Seen {
  /** What the person saw of the same members when they began; by default, what is shown now. */
  readonly seen?: Edits;
  /** The todo as it was shown last: if it was deleted elsewhere since, the person is asked what becomes of their edits. */
  readonly last?: Content;
}

export function toEdit(state: State, list: Key, key: Key, edits: Edits, { seen = {}, last }: Seen = {}): TodoChange[] {
  const todo = find(state, list, key) ?? last;
  if (!todo) return [];
  const base = withEdits(contentOf(todo), seen);
  return [{ type: "edit-todo", key, list: keyOf(state, list), edits, base }];
}

export function toRemove(state: State, list: Key, key: Key): TodoChange[] {
  const todo = find(state, list, key);
  return todo ? [removal(state, list, todo)] : [];
}

/** Every completed todo is removed by a change of its own: what is completed meanwhile, here or elsewhere, stays. */
export const toClearCompleted = (state: State, list: Key): TodoChange[] =>
  (shownTodosOf(state, list) ?? []).filter(({ completed }) => completed).map((todo) => removal(state, list, todo));

export const toCompleteAll = (state: State, list: Key, completed: boolean): TodoChange[] =>
  (shownTodosOf(state, list) ?? [])
    .filter((todo) => todo.completed !== completed)
    .flatMap(({ key }) => toEdit(state, list, key, { completed }));

/** A todo between two others gets the middle of their orders. */
export function toMove(state: State, list: Key, key: Key, place: Place): TodoChange[] {
  const beside = "before" in place ? place.before : place.after;
  const others = (shownTodosOf(state, list) ?? []).filter((todo) => todo.key !== key);
  const index = others.findIndex((todo) => todo.key === beside);
  if (index < 0) return [];
  const next = "before" in place ? index : index + 1;
  return toEdit(state, list, key, { order: between(others[next - 1]?.order, others[next]?.order) });
}

/** The distance to a neighbour where there is only one: a second, for by default an order is the time in milliseconds. */
const wideGap = 1000;

function between(before: number | undefined, after: number | undefined): number {
  if (before === undefined) return (after ?? wideGap) - wideGap;
  return after === undefined ? before + wideGap : before + (after - before) / 2;
}

const find = (state: State, list: Key, key: Key) => shownTodosOf(state, list)?.find((todo) => todo.key === key);

const removal = (state: State, list: Key, todo: Content & { readonly key: Key }): TodoChange => ({
  type: "remove-todo",
  key: todo.key,
  list: keyOf(state, list),
  base: contentOf(todo),
});
