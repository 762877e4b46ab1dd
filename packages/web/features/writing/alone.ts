import type { ManuscriptPorts } from "./manuscript-view.ts";

/** One tab of this browser at a time, by its locks: one that closes lets go by itself. */
export const aloneAmongTabs =
  (userId: string): ManuscriptPorts["alone"] =>
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
