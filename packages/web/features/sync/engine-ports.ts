import type { SyncApi } from "./outbox/send-step.ts";
import type { StateStore } from "./store/state-store.ts";

/** Dependencies of the engine. */
export interface EnginePorts {
  readonly store: StateStore;
  readonly api: SyncApi;
  /** The same API, with requests that outlive the page (keepalive). Used when the page unloads. */
  readonly lastingApi: SyncApi;
  /** Runs the work while this tab holds the lock of the outbox. */
  withTabLock(work: () => Promise<void>): Promise<void>;
  isOnline(): boolean;
  /** Whether requests may be sent. False while the user has to sign in again: changes then wait in the outbox. */
  isAllowed(): boolean;
}
