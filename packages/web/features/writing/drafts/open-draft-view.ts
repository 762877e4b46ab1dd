import type { DraftMember } from "./draft.ts";
import type { DraftStore } from "./draft-store.ts";
import type { SaveApi } from "./save-request.ts";
import { isStuck, isUnsaved, type LocalDraft, nextRequest } from "./saving-state.ts";

/** Dependencies of an open draft. */
export interface OpenDraftPorts {
  readonly store: Pick<DraftStore, "find" | "put" | "isDurable">;
  readonly api: SaveApi;
  /**
   * Runs the work while this tab holds the lock of this name. Calls `onWait` if another tab holds it. Example: tab 2
   * follows until tab 1 is closed.
   */
  withTabLock(
    name: string,
    work: () => Promise<void>,
    options: { readonly signal: AbortSignal; onWait(): void },
  ): Promise<void>;
  /** Sends a message to the other tabs. */
  broadcast(message: DraftMessage): void;
  isOnline(): boolean;
  /** Whether requests may be sent. False while the user has to sign in again. */
  isAllowed(): boolean;
  now(): number;
  random(): number;
}

/**
 * Message between the tabs of one browser: `kept` after a draft was stored, `give-way` when another tab wants to
 * write. Example: tab 1 stores "new-1" and tab 2 reads it again.
 */
export type DraftMessage = { readonly type: "kept" | "give-way"; readonly key: string };

/**
 * Example: tab 1 is `writing`. Tab 2 opens the same draft and is `following`, until tab 1 is closed.
 * - `opening`: the stored draft and the lock are not known yet.
 * - `writing`: this tab holds the lock. No other tab writes.
 * - `following`: another tab writes, and this tab shows its edits.
 */
export type Role = "opening" | "writing" | "following";

export interface OpenDraftView {
  readonly role: Role;
  readonly localDraft: LocalDraft | undefined;
  /** Why the draft could not be opened. */
  readonly failure: unknown;
  readonly status: SaveStatus;
  readonly conflicts: readonly DraftMember[];
  /** Whether unsaved changes survive closing this tab. */
  readonly durable: boolean;
}

/**
 * - `saved`: the API has the draft. `saving`: a save is scheduled or running.
 * - `waiting`: a save failed and is retried, for example in 2 s. `offline`: there is no network.
 * - `stuck`: the author has to decide or fix something, such as a conflict.
 */
export type SaveStatus = "saved" | "saving" | "waiting" | "offline" | "stuck";

export function statusOf(localDraft: LocalDraft | undefined, isOnline: boolean): SaveStatus {
  if (!localDraft) return "saved";
  if (isStuck(localDraft)) return "stuck";
  if (!isUnsaved(localDraft)) return "saved";
  // Every unsaved member would be refused, such as a title that is too long.
  if (localDraft.sending === undefined && nextRequest(localDraft) === undefined) return "stuck";
  if (!isOnline) return "offline";
  return localDraft.retryAt === undefined ? "saving" : "waiting";
}
