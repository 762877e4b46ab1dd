import { useMemo } from "react";
import type { Engine, UndoableChange } from "../sync/engine.ts";
import { fetchStatusOf } from "../sync/fetch/fetch-status.ts";
import { type ShownList, shownListsOf } from "../sync/state/optimistic-state.ts";
import type { Key } from "../sync/state/state.ts";
import { useEngine } from "../sync/use-engine.ts";

export type { ShownList } from "../sync/state/optimistic-state.ts";
export type { UndoableChange };

/**
 * Returns the user's lists: the inbox, then the others, oldest first.
 *
 * Every action takes effect at once and never fails; see `useTodos`. A list that was just created has no `id` until the
 * server saves it: use its `key` until then, and prefer the `id` in URLs. `remove` is delayed by a few seconds, and
 * deletes the list's todos too.
 */
export function useLists() {
  const { engine, state, failures } = useEngine();
  const lists = useMemo(() => shownListsOf(state), [state]);
  const actions = useMemo(() => actionsOf(engine), [engine]);
  return { ...fetchStatusOf(lists, failures, "lists"), lists: lists ?? [], ...actions };
}

const actionsOf = (engine: Engine) => ({
  reload: () => engine.reload(),
  /** @returns the key of the new list */
  create(name: string): Key {
    const key = crypto.randomUUID();
    engine.record([{ type: "create-list", key, name }]);
    return key;
  },
  /** @param base the name when the user started typing */
  rename: ({ key }: ShownList, name: string, base: string) =>
    void engine.record([{ type: "rename-list", key, name, base }]),
  remove: ({ key, name }: ShownList): UndoableChange =>
    engine.record([{ type: "remove-list", key, name }], { undoable: true }),
});
