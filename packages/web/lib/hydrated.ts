import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the page's script runs already: before that, a form would be sent by the browser itself. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
