import * as v from "valibot";
import type { StoredFormat } from "../../../lib/stored.ts";
import { Draft, type DraftMember, differing, emptyDraft, isSame, pick, ServerVersion, StoredPostId } from "./draft.ts";
import { isValid } from "./draft-problems.ts";

/*
 * How a post gets from the keyboard to the API: what this browser keeps of it, and how that changes when something is typed, sent or
 * answered. Nothing here waits or fails; `OpenDraft` does that.
 */

/** A draft as this browser stores it. Times are milliseconds since the epoch. */
export const LocalDraft = v.object({
  /** Names the post in this browser, from before the API has given it an id; afterwards it is still the same. */
  key: v.string(),
  id: v.optional(StoredPostId),
  /** As the author left it. */
  draft: Draft,
  editedAt: v.number(),
  /** What the author's changes begin from: the version that the API has, as far as we know; nothing before it was created. */
  base: v.optional(ServerVersion),
  /** What was sent. As long as no answer came, the API may have it. */
  sending: v.optional(Draft),
  /** A newer version, with other changes of what the author has changed: they decide. */
  theirs: v.optional(ServerVersion),
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
export type LocalDraft = v.InferOutput<typeof LocalDraft>;
export const localDraftFormat: StoredFormat<LocalDraft> = { schema: LocalDraft, upgrades: [] };

export type SaveRequest =
  | { readonly type: "create" }
  | { readonly type: "update"; readonly version: number; readonly changes: Partial<Draft> };

/** What became of a request. */
export type Outcome =
  | { readonly type: "saved"; readonly known: ServerVersion; readonly id: NonNullable<LocalDraft["id"]> }
  /** The API has another version than the one that was to be changed. */
  | { readonly type: "newer"; readonly known: ServerVersion }
  | { readonly type: "missing" }
  | { readonly type: "refused"; readonly reason: string }
  /** No answer, or one that says to come back. */
  | { readonly type: "later"; readonly afterMs?: number | undefined };

export interface Moment {
  readonly now: number;
  /** From 0 up to 1: tabs and browsers that failed together do not come back together. */
  readonly random: number;
}

export const newLocalDraft = (key: string, now: number): LocalDraft => ({
  key,
  draft: emptyDraft,
  editedAt: now,
  failures: 0,
});

export const localDraftOf = (
  key: string,
  known: ServerVersion,
  id: NonNullable<LocalDraft["id"]>,
  now: number,
): LocalDraft => ({
  ...{ key, id, draft: known.draft, editedAt: now, base: known, failures: 0 },
});

/** The author has changed something. */
export function edit(localDraft: LocalDraft, change: Partial<Draft>, now: number): LocalDraft {
  const { trouble, ...rest } = localDraft;
  // What was refused may be accepted now; what is gone stays so.
  const again = trouble?.kind === "missing" ? { trouble } : {};
  return { ...rest, ...again, draft: { ...localDraft.draft, ...change }, editedAt: now };
}

/** Whether the API does not have all of it yet. A post without a word is not worth creating. */
export const isUnsaved = ({ draft, base }: LocalDraft): boolean =>
  differing(draft, base?.draft ?? emptyDraft).length > 0;

/** Whether only the author can help. */
export const isStuck = ({ theirs, trouble }: LocalDraft): boolean => theirs !== undefined || trouble !== undefined;

/** What is to be sent next, if anything; what the API would refuse stays here until it is mended. */
export function nextRequest(localDraft: LocalDraft): SaveRequest | undefined {
  if (isStuck(localDraft)) return undefined;
  if (localDraft.base === undefined) return isUnsaved(localDraft) ? { type: "create" } : undefined;
  // As long as nobody knows whether something arrived, the same is sent again: then its answer is recognised.
  const next = localDraft.sending ?? sendable(localDraft);
  const changed = differing(next, localDraft.base.draft);
  return changed.length === 0
    ? undefined
    : { type: "update", version: localDraft.base.standing.version, changes: pick(next, changed) };
}

/** The request is on its way. */
export const markSending = (localDraft: LocalDraft, request: SaveRequest): LocalDraft =>
  request.type === "create" ? localDraft : { ...localDraft, sending: localDraft.sending ?? sendable(localDraft) };

function sendable({ draft, base }: LocalDraft): Draft {
  const wrong = differing(draft, base?.draft ?? emptyDraft).filter((member) => !isValid(draft, member));
  return { ...draft, ...pick(base?.draft ?? emptyDraft, wrong) };
}

/** Takes over what became of a request. */
export function applyOutcome(localDraft: LocalDraft, outcome: Outcome, { now, random }: Moment): LocalDraft {
  const { retryAt: _, ...rest } = localDraft;
  const answered: LocalDraft = { ...rest, failures: 0 };
  switch (outcome.type) {
    case "saved":
      return saved({ ...answered, id: outcome.id }, outcome.known);
    case "newer":
      return applyServerVersion(answered, outcome.known);
    case "missing":
      return { ...withoutSending(answered), trouble: { kind: "missing" } };
    case "refused":
      return { ...withoutSending(answered), trouble: { kind: "refused", reason: outcome.reason } };
    case "later": {
      const failures = localDraft.failures + 1;
      return { ...localDraft, failures, retryAt: now + Math.max(outcome.afterMs ?? 0, backOffMs(failures, random)) };
    }
  }
}

const firstPauseMs = 1000;
const longestPauseMs = 60_000;
const backOffMs = (failures: number, random: number) =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) * (0.75 + random / 4);

const withoutSending = ({ sending: _, ...localDraft }: LocalDraft): LocalDraft => localDraft;

/** The base is what was sent and not what came back: the API may tidy up what it stores, which is no change of somebody's. */
function saved(localDraft: LocalDraft, known: ServerVersion): LocalDraft {
  const { draft, standing } = known;
  // If only the answer to the first try was lost, the post may have been changed elsewhere since then.
  if (localDraft.base === undefined) return merged(localDraft, known);
  return { ...withoutSending(localDraft), base: { draft: localDraft.sending ?? draft, standing } };
}

/** The API says how the post is now: an older version says nothing new, a newer one is brought together with the author's changes. */
export function applyServerVersion(localDraft: LocalDraft, known: ServerVersion): LocalDraft {
  const { base, sending } = localDraft;
  if (base === undefined) return merged(localDraft, known);
  const { version } = known.standing;
  if (version < base.standing.version) return localDraft;
  if (version === base.standing.version) return { ...localDraft, base: { ...base, standing: known.standing } };
  // Our own change arrived, and only its answer did not.
  const isOurs = sending !== undefined && differing(sending, known.draft).length === 0;
  return isOurs ? saved(localDraft, known) : merged(withoutSending(localDraft), known);
}

/** What only one side has changed is taken from it; where both have, the author is asked. */
function merged(localDraft: LocalDraft, known: ServerVersion): LocalDraft {
  if (conflictsOf(localDraft, known).length > 0) return { ...localDraft, theirs: known };
  const { theirs: _, ...rest } = localDraft;
  return { ...rest, draft: together(localDraft, known), base: known };
}

/** Members that were changed differently here and elsewhere. */
export function conflictsOf({ draft, base }: LocalDraft, { draft: theirs }: ServerVersion): DraftMember[] {
  const before = base?.draft ?? emptyDraft;
  return differing(draft, theirs).filter((member) => !isSame(draft, before, member) && !isSame(theirs, before, member));
}

/** The author's members where they have changed them, the others' where not. */
function together({ draft, base }: LocalDraft, { draft: theirs }: ServerVersion): Draft {
  const before = base?.draft ?? emptyDraft;
  const notMine = differing(draft, theirs).filter((member) => isSame(draft, before, member));
  return { ...draft, ...pick(theirs, notMine) };
}

/** How an author decides between their version and a newer one; `merge` with what they made of both. */
export type Decision = { readonly keep: "mine" | "theirs" } | { readonly keep: "merge"; readonly draft: Draft };

export function decide(localDraft: LocalDraft, decision: Decision, now: number): LocalDraft {
  const { theirs, ...rest } = localDraft;
  if (!theirs) return localDraft;
  const draft =
    decision.keep === "merge" ? decision.draft : decision.keep === "mine" ? together(localDraft, theirs) : theirs.draft;
  return { ...rest, draft, base: theirs, editedAt: now };
}

/** What is gone elsewhere begins anew, under another key, as a post of its own. */
export const asNewDraft = (localDraft: LocalDraft, key: string, now: number): LocalDraft => ({
  ...newLocalDraft(key, now),
  draft: { ...localDraft.draft, slug: null },
});
