import type { DraftMember } from "./draft.ts";
import { isStuck, isUnsaved, type Kept, nextRequest } from "./saving.ts";
import type { SaveApi } from "./send.ts";
import type { Shelf } from "./shelf.ts";

/** What a manuscript needs of the world around it. */
export interface ManuscriptPorts {
  readonly shelf: Pick<Shelf, "find" | "put" | "isDurable">;
  readonly api: SaveApi;
  /** Runs the work while no other tab does so under this name; `onWait` says that another one does. */
  alone(
    name: string,
    work: () => Promise<void>,
    options: { readonly signal: AbortSignal; onWait(): void },
  ): Promise<void>;
  /** Tells the other tabs. */
  tell(message: DeskMessage): void;
  isOnline(): boolean;
  /** Whether the person may send anything at the moment. */
  isAllowed(): boolean;
  now(): number;
  random(): number;
}

/** What tabs of one browser tell each other of a post: that it has changed, or that another tab wants to write. */
export type DeskMessage = { readonly type: "kept" | "give-way"; readonly key: string };

/**
 * - `opening`: it is not known yet what there is.
 * - `writing`: this tab writes; no other one does.
 * - `following`: another tab writes, and this one shows what it does.
 */
export type Role = "opening" | "writing" | "following";

export interface ManuscriptView {
  readonly role: Role;
  readonly kept: Kept | undefined;
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

export function statusOf(kept: Kept | undefined, isOnline: boolean): SaveStatus {
  if (!kept) return "saved";
  if (isStuck(kept)) return "stuck";
  if (!isUnsaved(kept)) return "saved";
  // The API would refuse what there is, such as a text that is too long.
  if (kept.sending === undefined && nextRequest(kept) === undefined) return "stuck";
  if (!isOnline) return "offline";
  return kept.retryAt === undefined ? "saving" : "waiting";
}
