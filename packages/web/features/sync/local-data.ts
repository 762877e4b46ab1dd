import { deleteNewTodoDrafts } from "../todo/new-todo-draft.ts";
import { currentData } from "./current-engine.ts";

/** How long signing out waits for pending changes to be sent. Milliseconds. */
const flushTimeoutMs = 3000;

/**
 * Sends pending changes, for at most `flushTimeoutMs`.
 * @returns the number of changes that the server still does not have; `forgetLocalData` would delete them. Example:
 * with 2, the sign-out dialog warns about 2 changes.
 */
export async function pendingChanges(): Promise<number> {
  return (await currentData()?.engine.flush(flushTimeoutMs)) ?? 0;
}

/**
 * Deletes all data that this browser stores for the signed-in user. The next visit loads everything from the server.
 */
export async function forgetLocalData(): Promise<void> {
  const current = currentData();
  if (current) deleteNewTodoDrafts(current.userId);
  await current?.engine.forget();
}
