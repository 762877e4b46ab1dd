import { shownTodosOf } from "../state/optimistic-state.ts";
import type { Change, Entry, State } from "../state/state.ts";
import { contentOf } from "../state/todo-content.ts";
import { append, isUntried, toEntries, withdraw } from "./outbox.ts";

/** What a person did with one action, and what there was before. */
export interface Action {
  readonly group: string;
  readonly entries: readonly Entry[];
  /** What it is made anew from. */
  before: State;
}

/** Takes an action back: what was not sent yet is dropped, what was is made anew. @param now milliseconds since the epoch */
export function undo(state: State, { group, entries, before }: Action, now: number): State {
  const untried = new Set(state.outbox.filter(isUntried).map(({ id }) => id));
  const sent = entries.filter(({ id }) => !untried.has(id)).map(({ change }) => change);
  const rest = withdraw(state, group);
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
