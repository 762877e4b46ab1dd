import { apiWithTimeout, mayAct } from "../session/api-with-timeout.ts";
import { lastingApi } from "../session/user-api.ts";
import { Engine } from "./engine.ts";
import { BrowserStore } from "./store/browser-store.ts";

interface Current {
  readonly userId: string;
  readonly engine: Engine;
}

let current: Current | undefined;

/** The sync engine of a person in this tab. Stops the engine of another person. */
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

/** The sync engine of this tab and the user it belongs to, if any. */
export const currentData = (): Current | undefined => current;
