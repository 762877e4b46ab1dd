import type { State } from "./state/state.ts";

/** How it stands with saving. */
export interface SyncStatus {
  /**
   * - `idle`: everything is on the server.
   * - `undoable`: something was deleted, can still be taken back, and is not sent yet.
   * - `saving`: something is on its way; worth a mark only if it lasts (some 400 ms).
   * - `waiting`: it could not be sent, and will be again.
   * - `offline`: the browser has no network.
   */
  readonly state: "idle" | "held" | "saving" | "waiting" | "offline";
  /** How many changes are not on the server; without those that are held back, and those that need a decision. */
  readonly waiting: number;
  /** When it is tried again: milliseconds since the epoch. */
  readonly retryAt: number | undefined;
  /** Whether what is not saved would survive the end of this tab. */
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
