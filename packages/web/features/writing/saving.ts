import * as v from "valibot";
import type { StoredFormat } from "../../lib/stored.ts";
import { Draft, type DraftMember, differing, emptyDraft, isSame, Known, KnownPostId, pick } from "./draft.ts";
import { isValid } from "./draft-problems.ts";

/*
 * How a post gets from the keyboard to the API: what this browser keeps of it, and how that changes when something is typed, sent or
 * answered. Nothing here waits or fails; `Manuscript` does that.
 */

/** What this browser keeps of a post. Times are milliseconds since the epoch. */
export const Kept = v.object({
  /** Names the post in this browser, from before the API has given it an id; afterwards it is still the same. */
  key: v.string(),
  id: v.optional(KnownPostId),
  /** As the author left it. */
  draft: Draft,
  editedAt: v.number(),
  /** What the author's changes begin from: the version that the API has, as far as we know; nothing before it was created. */
  base: v.optional(Known),
  /** What was sent. As long as no answer came, the API may have it. */
  sending: v.optional(Draft),
  /** A newer version, with other changes of what the author has changed: they decide. */
  theirs: v.optional(Known),
  /** It cannot be saved as it is: it was deleted elsewhere, or the API refuses it. */
  trouble: v.optional(
    v.variant("kind", [
      v.object({ kind: v.literal("missing") }),
      v.object({ kind: v.literal("refused"), reason: v.string() }),
    ]),
  ),
  /** How often sending has failed since it last worked. */
  failures: v.optional(v.number(), 0),
  retryAt: v.optional(v.number()),
});
export type Kept = v.InferOutput<typeof Kept>;
export const keptFormat: StoredFormat<Kept> = { schema: Kept, upgrades: [] };

export type SaveRequest =
  | { readonly type: "create" }
  | { readonly type: "update"; readonly version: number; readonly changes: Partial<Draft> };

/** What became of a request. */
export type Outcome =
  | { readonly type: "saved"; readonly known: Known; readonly id: NonNullable<Kept["id"]> }
  /** The API has another version than the one that was to be changed. */
  | { readonly type: "newer"; readonly known: Known }
  | { readonly type: "missing" }
  | { readonly type: "refused"; readonly reason: string }
  /** No answer, or one that says to come back. */
  | { readonly type: "later"; readonly afterMs?: number | undefined };

export interface Moment {
  readonly now: number;
  /** From 0 up to 1: tabs and browsers that failed together do not come back together. */
  readonly random: number;
}

export const newKept = (key: string, now: number): Kept => ({ key, draft: emptyDraft, editedAt: now, failures: 0 });

export const keptOf = (key: string, known: Known, id: NonNullable<Kept["id"]>, now: number): Kept => ({
  ...{ key, id, draft: known.draft, editedAt: now, base: known, failures: 0 },
});

/** The author has changed something. */
export function edit(kept: Kept, change: Partial<Draft>, now: number): Kept {
  const { trouble, ...rest } = kept;
  // What was refused may be accepted now; what is gone stays so.
  const again = trouble?.kind === "missing" ? { trouble } : {};
  return { ...rest, ...again, draft: { ...kept.draft, ...change }, editedAt: now };
}

/** Whether the API does not have all of it yet. A post without a word is not worth creating. */
export const isUnsaved = ({ draft, base }: Kept): boolean => differing(draft, base?.draft ?? emptyDraft).length > 0;

/** Whether only the author can help. */
export const isStuck = ({ theirs, trouble }: Kept): boolean => theirs !== undefined || trouble !== undefined;

/** What is to be sent next, if anything; what the API would refuse stays here until it is mended. */
export function nextRequest(kept: Kept): SaveRequest | undefined {
  if (isStuck(kept)) return undefined;
  if (kept.base === undefined) return isUnsaved(kept) ? { type: "create" } : undefined;
  // As long as nobody knows whether something arrived, the same is sent again: then its answer is recognised.
  const next = kept.sending ?? sendable(kept);
  const changed = differing(next, kept.base.draft);
  return changed.length === 0
    ? undefined
    : { type: "update", version: kept.base.standing.version, changes: pick(next, changed) };
}

/** The request is on its way. */
export const begin = (kept: Kept, request: SaveRequest): Kept =>
  request.type === "create" ? kept : { ...kept, sending: kept.sending ?? sendable(kept) };

function sendable({ draft, base }: Kept): Draft {
  const wrong = differing(draft, base?.draft ?? emptyDraft).filter((member) => !isValid(draft, member));
  return { ...draft, ...pick(base?.draft ?? emptyDraft, wrong) };
}

/** Takes over what became of a request. */
export function settle(kept: Kept, outcome: Outcome, { now, random }: Moment): Kept {
  const { retryAt: _, ...rest } = kept;
  const answered: Kept = { ...rest, failures: 0 };
  switch (outcome.type) {
    case "saved":
      return saved({ ...answered, id: outcome.id }, outcome.known);
    case "newer":
      return received(answered, outcome.known);
    case "missing":
      return { ...withoutSending(answered), trouble: { kind: "missing" } };
    case "refused":
      return { ...withoutSending(answered), trouble: { kind: "refused", reason: outcome.reason } };
    case "later": {
      const failures = kept.failures + 1;
      return { ...kept, failures, retryAt: now + Math.max(outcome.afterMs ?? 0, backOffMs(failures, random)) };
    }
  }
}

const firstPauseMs = 1000;
const longestPauseMs = 60_000;
const backOffMs = (failures: number, random: number) =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) * (0.75 + random / 4);

const withoutSending = ({ sending: _, ...kept }: Kept): Kept => kept;

/** The base is what was sent and not what came back: the API may tidy up what it stores, which is no change of somebody's. */
function saved(kept: Kept, known: Known): Kept {
  const { draft, standing } = known;
  // If only the answer to the first try was lost, the post may have been changed elsewhere since then.
  if (kept.base === undefined) return merged(kept, known);
  return { ...withoutSending(kept), base: { draft: kept.sending ?? draft, standing } };
}

/** The API says how the post is now: an older version says nothing new, a newer one is brought together with the author's changes. */
export function received(kept: Kept, known: Known): Kept {
  const { base, sending } = kept;
  if (base === undefined) return merged(kept, known);
  const { version } = known.standing;
  if (version < base.standing.version) return kept;
  if (version === base.standing.version) return { ...kept, base: { ...base, standing: known.standing } };
  // Our own change arrived, and only its answer did not.
  const isOurs = sending !== undefined && differing(sending, known.draft).length === 0;
  return isOurs ? saved(kept, known) : merged(withoutSending(kept), known);
}

/** What only one side has changed is taken from it; where both have, the author is asked. */
function merged(kept: Kept, known: Known): Kept {
  if (conflictsOf(kept, known).length > 0) return { ...kept, theirs: known };
  const { theirs: _, ...rest } = kept;
  return { ...rest, draft: together(kept, known), base: known };
}

/** Members that were changed differently here and elsewhere. */
export function conflictsOf({ draft, base }: Kept, { draft: theirs }: Known): DraftMember[] {
  const before = base?.draft ?? emptyDraft;
  return differing(draft, theirs).filter((member) => !isSame(draft, before, member) && !isSame(theirs, before, member));
}

/** The author's members where they have changed them, the others' where not. */
function together({ draft, base }: Kept, { draft: theirs }: Known): Draft {
  const before = base?.draft ?? emptyDraft;
  const notMine = differing(draft, theirs).filter((member) => isSame(draft, before, member));
  return { ...draft, ...pick(theirs, notMine) };
}

/** How an author decides between their version and a newer one; `merge` with what they made of both. */
export type Decision = { readonly keep: "mine" | "theirs" } | { readonly keep: "merge"; readonly draft: Draft };

export function decide(kept: Kept, decision: Decision, now: number): Kept {
  const { theirs, ...rest } = kept;
  if (!theirs) return kept;
  const draft =
    decision.keep === "merge" ? decision.draft : decision.keep === "mine" ? together(kept, theirs) : theirs.draft;
  return { ...rest, draft, base: theirs, editedAt: now };
}

/** What is gone elsewhere begins anew, under another key, as a post of its own. */
export const asNew = (kept: Kept, key: string, now: number): Kept => ({
  ...newKept(key, now),
  draft: { ...kept.draft, slug: null },
});
