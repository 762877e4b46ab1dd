import { apiWithTimeout, mayAct } from "../session/api-with-timeout.ts";
import { lastingApi } from "../session/user-api.ts";
import { Engine } from "./engine.ts";
import { BrowserStore } from "./store/browser-store.ts";

interface Current {
  readonly userId: string;
  readonly engine: Engine;
}

let current: Current | undefined;

/**
 * Returns the sync engine of a user in this tab. Stops the engine of the previous user. Example: after Ada signs out
 * and Bob signs in, `engineOf("usr_bob")` stops Ada's engine.
 */
export function engineOf(userId: string): Engine {
  if (current?.userId === userId) return current.engine;
  current?.engine.stop();
  const engine = new Engine({
    store: new BrowserStore(userId),
    api: apiWithTimeout,
    lastingApi,
    withTabLock: async (work) => {
      await navigator.locks.request(`daybook.sync.${userId}`, work);
    },
    isOnline: () => navigator.onLine,
    isAllowed: () => mayAct(userId),
    now: () => Date.now(),
  });
  current = { userId, engine };
  return engine;
}

/** Returns the sync engine of this tab and its user, if there is one. */
export const currentData = (): Current | undefined => current;
