import { perUser } from "../../lib/offline/per-user.ts";
import { apiWithTimeout, mayAct } from "../session/api-with-timeout.ts";
import { lastingApi } from "../session/user-api.ts";
import { Engine } from "./engine.ts";
import { stateStoreOf } from "./store/state-store.ts";

const create = (userId: string): Engine =>
  new Engine({
    store: stateStoreOf(userId),
    api: apiWithTimeout,
    lastingApi,
    withTabLock: async (work) => {
      await navigator.locks.request(`daybook.sync.${userId}`, work);
    },
    isOnline: () => navigator.onLine,
    isAllowed: () => mayAct(userId),
  });

/** Returns the sync engine of a user in this tab. Closes the engine of the previous user. */
export const engineOf = perUser(create).of;
