import { shownTodosOf } from "../state/optimistic-state.ts";
import type { Change, Entry, State } from "../state/state.ts";
import { contentOf } from "../state/todo-content.ts";
import { append, isUntried, toEntries, withoutEntries } from "./outbox.ts";

/** One user action, and the state before it. */
export interface Action {
  readonly group: string;
  readonly entries: readonly Entry[];
  /**
   * State from which undo recreates removed lists and todos. Replaced by a newer one once the todos of a removed list
   * are fetched.
   */
  before: State;
}

/**
 * Undoes an action: drops its unsent changes and recreates what its sent changes removed. Example: of two removals
 * with one sent, one entry is dropped and one `create-todo` is added.
 * @param now milliseconds since the epoch
 */
export function undo(state: State, { group, entries, before }: Action, now: number): State {
  const untried = new Set(state.outbox.filter(isUntried).map(({ id }) => id));
  const sent = entries.filter(({ id }) => !untried.has(id)).map(({ change }) => change);
  const rest = withoutEntries(state, (entry) => entry.group === group && isUntried(entry));
  return append(rest, toEntries(rest, sent.flatMap(restoring(before)), { at: now }));
}

const restoring =
  (before: State) =>
  (change: Change): Change[] => {
    if (change.type === "remove-todo")
      return [{ type: "create-todo", key: crypto.randomUUID(), list: change.list, content: change.base }];
    if (change.type !== "remove-list") return [];
    const list = crypto.randomUUID();
    const todos = shownTodosOf(before, change.key) ?? [];
    return [
      { type: "create-list", key: list, name: change.name },
      ...todos.map((todo) => ({
        ...{ type: "create-todo" as const, key: crypto.randomUUID(), list },
        content: contentOf(todo),
      })),
    ];
  };
