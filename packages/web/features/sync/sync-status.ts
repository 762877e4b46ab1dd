import type { State } from "./state/state.ts";

/** Save status of all changes. */
export interface SyncStatus {
  /**
   * - `idle`: the server has every change, except those that need a decision.
   * - `held`: a removal can still be undone and is not sent yet, such as in the first 10 s.
   * - `saving`: a change is being sent. Show it only if it lasts about 400 ms.
   * - `waiting`: a change could not be sent and is retried, for example in 4 s.
   * - `offline`: the browser has no network.
   */
  readonly state: "idle" | "held" | "saving" | "waiting" | "offline";
  /**
   * Number of unsent changes, without held ones and those that need a decision. Example: two edits, one held removal
   * and one conflict give 2.
   */
  readonly waiting: number;
  /** When the next retry starts. Milliseconds since the epoch. */
  readonly retryAt: number | undefined;
  /** Whether unsaved changes survive closing this tab. */
  readonly durable: boolean;
}

export function syncStatusOf(
  state: State,
  { online, durable }: { readonly online: boolean; readonly durable: boolean },
): SyncStatus {
  const unsent = state.outbox.filter(
    ({ trouble, acceptedAt, heldUntil }) => !trouble && acceptedAt === undefined && heldUntil === undefined,
  );
  const retries = unsent.flatMap(({ retryAt }) => retryAt ?? []);
  const retryAt = state.pause?.until ?? (retries.length > 0 ? Math.min(...retries) : undefined);
  const isHeld = state.outbox.some(({ heldUntil }) => heldUntil !== undefined);
  const common = { waiting: unsent.length, durable };
  if (!online) return { ...common, state: "offline", retryAt: undefined };
  if (unsent.length === 0) return { ...common, state: isHeld ? "held" : "idle", retryAt: undefined };
  return { ...common, state: retryAt === undefined ? "saving" : "waiting", retryAt };
}
