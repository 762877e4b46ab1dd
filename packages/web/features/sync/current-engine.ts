import { apiWithTimeout, mayAct } from "../session/api-with-timeout.ts";
import { lastingApi } from "../session/user-api.ts";
import { Engine } from "./engine.ts";
import { BrowserStore } from "./store/browser-store.ts";

interface Current {
  readonly userId: string;
  readonly engine: Engine;
}

let current: Current | undefined;

/** The data of a person in this tab. Another person's is put away. */
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

/** The data that is open in this tab, and whose it is. */
export const currentData = (): Current | undefined => current;
