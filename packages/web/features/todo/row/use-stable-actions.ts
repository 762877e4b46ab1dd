import { useLayoutEffect, useMemo, useRef } from "react";
import type { RowActions } from "./todo-row.tsx";

/**
 * Returns an object that never changes but calls the latest actions, so that a new render of the list does not render a
 * thousand rows again.
 */
export function useStableActions(actions: RowActions): RowActions {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  return useMemo(
    () => ({
      complete: (key, completed) => latest.current.complete(key, completed),
      rename: (key, title, base) => latest.current.rename(key, title, base),
      remove: (key) => latest.current.remove(key),
      move: (key, by) => latest.current.move(key, by),
      open: (key) => latest.current.open(key),
    }),
    [],
  );
}
