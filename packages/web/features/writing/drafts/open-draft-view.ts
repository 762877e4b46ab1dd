import type { SaveApi } from "./save-request.ts";
import { isStuck, isUnsaved, type LocalDraft, nextRequest } from "./saving-state.ts";
import type { DraftStore } from "./stored-drafts.ts";

/** Dependencies of an open draft. */
export interface OpenDraftPorts {
  readonly store: DraftStore;
  readonly api: SaveApi;
  /** The channel on which tabs ask each other for the lock of a draft. */
  readonly channel: string;
  isOnline(): boolean;
  /** Whether requests may be sent. False while the user has to sign in again. */
  isAllowed(): boolean;
}

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
