import { deleteNewTodoDrafts } from "../todo/new-todo-draft.ts";
import { currentData } from "./current-engine.ts";

/** How long signing out waits for pending changes to be sent. */
const flushTimeoutMs = 3000;

/**
 * Sends what is not on the server yet, as far as that takes no longer than some seconds.
 * @returns how many changes are not there even so: they would be lost with `forgetLocalData`
 */
export async function pendingChanges(): Promise<number> {
  return (await currentData()?.engine.flush(flushTimeoutMs)) ?? 0;
}

/** Deletes everything that this browser keeps for whoever is signed in. Another visit begins with what the server has. */
export async function forgetLocalData(): Promise<void> {
  const current = currentData();
  if (current) deleteNewTodoDrafts(current.userId);
  await current?.engine.forget();
}
