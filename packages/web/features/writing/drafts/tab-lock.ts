import type { OpenDraftPorts } from "./open-draft-view.ts";

/**
 * Runs work in one tab of this browser at a time (Web Locks). The browser releases the lock of a tab that closes: tab
 * 2 then runs its work.
 */
export const draftTabLock =
  (userId: string): OpenDraftPorts["withTabLock"] =>
  async (name, work, { signal, onWait }) => {
    const lock = `daybook.writing.${userId}.${name}`;
    const isFree = await navigator.locks.request(lock, { ifAvailable: true }, async (granted) => {
      if (granted) await work();
      return granted !== null;
    });
    if (isFree) return;
    onWait();
    await navigator.locks.request(lock, { signal }, work);
  };
