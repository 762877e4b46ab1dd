import { useMemo } from "react";
import type { UndoableChange } from "../sync/engine.ts";
import { fetchStatusOf } from "../sync/fetch/fetch-status.ts";
import { shownListsOf } from "../sync/state/optimistic-state.ts";
import type { Key } from "../sync/state/state.ts";
import { useEngine, useEngineState } from "../sync/use-engine.ts";

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
  const engine = useEngine();
  const { state, failures } = useEngineState();
  const lists = useMemo(() => shownListsOf(state), [state]);
  const actions = useMemo(() => actionsOf(engine), [engine]);
  return { ...fetchStatusOf(state, failures, { shown: lists !== undefined }), lists: lists ?? [], ...actions };
}

const actionsOf = (engine: ReturnType<typeof useEngine>) => ({
  reload: () => engine.reload(),
  /** @returns the key of the new list */
  create(name: string): Key {
    const key = crypto.randomUUID();
    engine.record([{ type: "create-list", key, name }]);
    return key;
  },
  /** @param base the name when the user started typing; the current name by default */
  rename(key: Key, name: string, base?: string): void {
    const list = find(engine, key);
    if (list) engine.record([{ type: "rename-list", key: list.key, name, base: base ?? list.name }]);
  },
  remove(key: Key): UndoableChange {
    const list = find(engine, key);
    return engine.record(list ? [{ type: "remove-list", key: list.key, name: list.name }] : [], { undoable: true });
  },
});

const find = (engine: ReturnType<typeof useEngine>, key: Key) =>
  shownListsOf(engine.state())?.find((list) => list.key === key || list.id === key);
