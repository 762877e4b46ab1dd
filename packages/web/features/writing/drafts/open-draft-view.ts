import type { DraftMember } from "./draft.ts";
import type { DraftStore } from "./draft-store.ts";
import type { SaveApi } from "./save-request.ts";
import { isStuck, isUnsaved, type LocalDraft, nextRequest } from "./saving-state.ts";

/** Dependencies of an open draft. */
export interface OpenDraftPorts {
  readonly store: Pick<DraftStore, "find" | "put" | "isDurable">;
  readonly api: SaveApi;
  /** Runs the work while no other tab does so under this name; `onWait` says that another one does. */
  withTabLock(
    name: string,
    work: () => Promise<void>,
    options: { readonly signal: AbortSignal; onWait(): void },
  ): Promise<void>;
  /** Tells the other tabs. */
  broadcast(message: DraftMessage): void;
  isOnline(): boolean;
  /** Whether the person may send anything at the moment. */
  isAllowed(): boolean;
  now(): number;
  random(): number;
}

/** What tabs of one browser tell each other of a post: that it has changed, or that another tab wants to write. */
export type DraftMessage = { readonly type: "kept" | "give-way"; readonly key: string };

/**
 * - `opening`: it is not known yet what there is.
 * - `writing`: this tab writes; no other one does.
 * - `following`: another tab writes, and this one shows what it does.
 */
export type Role = "opening" | "writing" | "following";

export interface OpenDraftView {
  readonly role: Role;
  readonly localDraft: LocalDraft | undefined;
  /** Why it could not be opened. */
  readonly failure: unknown;
  readonly status: SaveStatus;
  readonly conflicts: readonly DraftMember[];
  /** Whether what is not saved would survive the end of this tab. */
  readonly durable: boolean;
}

/**
 * - `saved`, `saving`: the API has it, or will in a moment.
 * - `waiting`: sending failed, and is tried again. `offline`: there is no network.
 * - `stuck`: the author is to decide something.
 */
export type SaveStatus = "saved" | "saving" | "waiting" | "offline" | "stuck";

export function statusOf(localDraft: LocalDraft | undefined, isOnline: boolean): SaveStatus {
  if (!localDraft) return "saved";
  if (isStuck(localDraft)) return "stuck";
  if (!isUnsaved(localDraft)) return "saved";
  // The API would refuse what there is, such as a text that is too long.
  if (localDraft.sending === undefined && nextRequest(localDraft) === undefined) return "stuck";
  if (!isOnline) return "offline";
  return localDraft.retryAt === undefined ? "saving" : "waiting";
}
