import { useLayoutEffect, useMemo, useRef } from "react";
import type { RowActions } from "./todo-row.tsx";

/** Actions that stay the same object while what they do follows the latest render: a thousand rows need not hear of it. */
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
