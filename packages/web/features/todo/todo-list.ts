import type { Todo, TodoCreate } from "@daybook/core/todo/todo";

/** A todo in this tab: it keeps its key when the server gives it an id, so that what is shown of it stays in place. */
export type Item = Todo & { readonly key: string };

/** What can be said of a todo that the server may not know yet. */
export interface ShownItem {
  readonly key: string;
  readonly title: string;
  readonly completed: boolean;
  readonly order: number;
}

/** What a person did. Changes are sent one after the other, and shown at once. */
export type Change =
  | { readonly type: "create"; readonly key: string; readonly title: string }
  | { readonly type: "complete"; readonly key: string; readonly completed: boolean }
  /** `base` is the title that the person saw when they began to type. */
  | { readonly type: "rename"; readonly key: string; readonly title: string; readonly base: string }
  | { readonly type: "delete"; readonly key: string; readonly title: string }
  | { readonly type: "restore"; readonly key: string; readonly content: Content };

/** All that a person has put into a todo: what a new one in its place is given. */
export type Content = TodoCreate & { readonly completed: boolean; readonly order: number };

const byOrder = (a: ShownItem, b: ShownItem) => a.order - b.order || (a.key < b.key ? -1 : 1);

/** The list as it will be once the server has taken all changes. Applying a change that the server has taken already changes nothing. */
export function applyChanges(items: readonly ShownItem[], changes: readonly Change[]): ShownItem[] {
  return changes.reduce<ShownItem[]>(applyChange, [...items]).sort(byOrder);
}

function applyChange(items: ShownItem[], change: Change): ShownItem[] {
  const known = items.some(({ key }) => key === change.key);
  switch (change.type) {
    case "create": {
      const order = 1 + Math.max(0, ...items.map((item) => item.order));
      return known ? items : [...items, { key: change.key, title: change.title, completed: false, order }];
    }
    case "restore":
      return known ? items : [...items, { key: change.key, ...change.content }];
    case "delete":
      return items.filter(({ key }) => key !== change.key);
    case "complete":
      return replace(items, change.key, { completed: change.completed });
    case "rename":
      return replace(items, change.key, { title: change.title });
  }
}

function replace<Entry extends ShownItem>(items: readonly Entry[], key: string, change: Partial<Entry>): Entry[] {
  return items.map((item) => (item.key === key ? { ...item, ...change } : item));
}

/** The server's list after it has answered a change: with the todo of its answer, or without the one that is gone. */
export function confirmChange(items: readonly Item[], key: string, answer: Todo | undefined): Item[] {
  const others = items.filter((item) => item.key !== key && item.id !== answer?.id);
  return answer ? [...others, { ...answer, key }].sort(byOrder) : others;
}

/** Todos as the server lists them, each with the key that it already has here. */
export function withKeys(todos: readonly Todo[], known: readonly Item[] = []): Item[] {
  const keys = new Map(known.map(({ id, key }) => [id, key]));
  return todos.map((todo) => ({ ...todo, key: keys.get(todo.id) ?? todo.id })).sort(byOrder);
}

/** The content of a todo as it is shown; what a list does not show is taken from what the server said of it. */
export function contentOf({ title, completed, order }: ShownItem, known: Item | undefined): Content {
  const { notes, dueDate, priority, tags } = known ?? {};
  const unseen = known ? { notes, dueDate, priority, tags } : {};
  return { ...unseen, title, completed, order };
}

/** How many are left, in words. */
export function leftInWords(items: readonly ShownItem[]): string {
  const count = items.filter((item) => !item.completed).length;
  return `${count} ${count === 1 ? "item" : "items"} left`;
}
