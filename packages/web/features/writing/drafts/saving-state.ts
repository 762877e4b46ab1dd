import * as v from "valibot";
import { type Moment, retryAtOf } from "../../../lib/offline/back-off.ts";
import type { StoredFormat } from "../../../lib/stored.ts";
import { Draft, type DraftMember, differing, emptyDraft, isSame, pick, ServerVersion, StoredPostId } from "./draft.ts";
import { isValid } from "./draft-problems.ts";

/*
 * State machine of saving a draft: the data that this browser stores, and its transitions on edits, requests and
 * outcomes. All functions here are pure and synchronous. `OpenDraft` does the work. Example: typing "B" into a saved
 * draft gives an update with `{ body: "B" }`; its answer makes the draft saved again.
 */

/** A draft as this browser stores it. Times are milliseconds since the epoch. */
export const LocalDraft = v.object({
  /** Identifies the draft in this browser, even before the API assigns an id. Never changes. */
  key: v.string(),
  id: v.optional(StoredPostId),
  /** Current content, including unsaved edits. */
  draft: Draft,
  editedAt: v.number(),
  /**
   * Server version that the edits are based on. Undefined before the post was created. Example: version 3, which the
   * next save names in `If-Match`.
   */
  base: v.optional(ServerVersion),
  /** Draft that was sent. Without an answer, the API may have it or not. Example: "B" after a timeout. */
  sending: v.optional(Draft),
  /**
   * Newer server version that conflicts with the edits. The author has to decide. Example: body "Mine" here and
   * "Theirs" in version 2.
   */
  theirs: v.optional(ServerVersion),
  /** Why the draft cannot be saved: it was deleted elsewhere, or the API refused it. */
  trouble: v.optional(
    v.variant("kind", [
      v.object({ kind: v.literal("missing") }),
      v.object({ kind: v.literal("refused"), reason: v.string() }),
    ]),
  ),
  /** Number of failed requests since the last success. */
  failures: v.optional(v.number(), 0),
  retryAt: v.optional(v.number()),
});
export type LocalDraft = v.InferOutput<typeof LocalDraft>;
export const localDraftFormat: StoredFormat<LocalDraft> = { schema: LocalDraft, upgrades: [] };

export type SaveRequest =
  | { readonly type: "create" }
  | { readonly type: "update"; readonly version: number; readonly changes: Partial<Draft> };

/** Result of a request. */
export type Outcome =
  | { readonly type: "saved"; readonly known: ServerVersion; readonly id: NonNullable<LocalDraft["id"]> }
  /** The API has a newer version than the one named in `If-Match`. */
  | { readonly type: "newer"; readonly known: ServerVersion }
  | { readonly type: "missing" }
  | { readonly type: "refused"; readonly reason: string }
  /** No response, or a temporary refusal. */
  | { readonly type: "later"; readonly afterMs?: number | undefined };

export const newLocalDraft = (key: string, now: number, draft = emptyDraft): LocalDraft => ({
  ...{ key, draft, editedAt: now, failures: 0 },
});

/** Applies an edit. */
export function edit(localDraft: LocalDraft, change: Partial<Draft>, now: number): LocalDraft {
  const { trouble, ...rest } = localDraft;
  // An edit clears a refusal, because the new content may be accepted. A missing post stays missing. Example: after
  // "refused", typing "C" sends again; after "missing", it does not.
  const again = trouble?.kind === "missing" ? { trouble } : {};
  return { ...rest, ...again, draft: { ...localDraft.draft, ...change }, editedAt: now };
}

/**
 * Whether the draft differs from the server version. A new draft counts once it has content: one that is still empty
 * is not created.
 */
export const isUnsaved = ({ draft, base }: LocalDraft): boolean =>
  differing(draft, base?.draft ?? emptyDraft).length > 0;

/** Whether the author has to decide before anything is sent. */
export const isStuck = ({ theirs, trouble }: LocalDraft): boolean => theirs !== undefined || trouble !== undefined;

/**
 * Returns the next request, or undefined if nothing can be sent. Invalid members are left out until the author fixes
 * them. Example: a title of 201 characters and the new body "B" give an update of the body alone.
 */
export function nextRequest(localDraft: LocalDraft): SaveRequest | undefined {
  if (isStuck(localDraft)) return undefined;
  if (localDraft.base === undefined) return isUnsaved(localDraft) ? { type: "create" } : undefined;
  // Resend the same draft until an answer comes, so that it is recognized if it had arrived. Example: "B" was sent
  // without an answer, and the author typed "BC": "B" is sent again, then "BC".
  const next = localDraft.sending ?? sendable(localDraft);
  const changed = differing(next, localDraft.base.draft);
  return changed.length === 0
    ? undefined
    : { type: "update", version: localDraft.base.standing.version, changes: pick(next, changed) };
}

/** Marks the request as sent. Call it before sending. */
export const markSending = (localDraft: LocalDraft, request: SaveRequest): LocalDraft =>
  request.type === "create" ? localDraft : { ...localDraft, sending: localDraft.sending ?? sendable(localDraft) };

function sendable({ draft, base }: LocalDraft): Draft {
  const wrong = differing(draft, base?.draft ?? emptyDraft).filter((member) => !isValid(draft, member));
  return { ...draft, ...pick(base?.draft ?? emptyDraft, wrong) };
}

/** Applies the outcome of a request. */
export function applyOutcome(localDraft: LocalDraft, outcome: Outcome, moment: Moment): LocalDraft {
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
      return { ...localDraft, failures, retryAt: retryAtOf(failures, moment, outcome.afterMs) };
    }
  }
}

const withoutSending = ({ sending: _, ...localDraft }: LocalDraft): LocalDraft => localDraft;

/**
 * The new base is the sent draft, not the returned one, so that the API's normalization is not an edit. Example:
 * "Title " was sent and "Title" returned. The base stays "Title ", and nothing is unsaved.
 */
function saved(localDraft: LocalDraft, known: ServerVersion): LocalDraft {
  const { draft, standing } = known;
  // The creation may have succeeded earlier with a lost answer, and the post may have changed since. Merge it. Example:
  // the phone has added "Theirs" to the created post.
  if (localDraft.base === undefined) return merged(localDraft, known);
  return { ...withoutSending(localDraft), base: { draft: localDraft.sending ?? draft, standing } };
}

/**
 * Applies a fetched version: ignores an older one and merges a newer one with the edits. Example: with base version 3,
 * version 2 is ignored and version 4 is merged.
 */
export function applyServerVersion(localDraft: LocalDraft, known: ServerVersion): LocalDraft {
  const { base, sending } = localDraft;
  if (base === undefined) return merged(localDraft, known);
  const { version } = known.standing;
  if (version < base.standing.version) return localDraft;
  if (version === base.standing.version) return { ...localDraft, base: { ...base, standing: known.standing } };
  // The sent draft has arrived, but its answer was lost. Example: "B" was sent, and the newer version contains "B".
  const isOurs = sending !== undefined && differing(sending, known.draft).length === 0;
  return isOurs ? saved(localDraft, known) : merged(withoutSending(localDraft), known);
}

/**
 * Merges by member: takes changes that only one side made, and keeps a conflict for the author. Example: title edited
 * here and body elsewhere are merged; body edited in both places is a conflict.
 */
function merged(localDraft: LocalDraft, known: ServerVersion): LocalDraft {
  if (conflictsOf(localDraft, known).length > 0) return { ...localDraft, theirs: known };
  const { theirs: _, ...rest } = localDraft;
  return { ...rest, draft: together(localDraft, known), base: known };
}

/** Returns the members that were changed differently here and elsewhere. Example: base "A", draft "B", server "C". */
export function conflictsOf({ draft, base }: LocalDraft, { draft: theirs }: ServerVersion): DraftMember[] {
  const before = base?.draft ?? emptyDraft;
  return differing(draft, theirs).filter((member) => !isSame(draft, before, member) && !isSame(theirs, before, member));
}

/**
 * Returns the author's value of each member that they changed, and the server's value of all others. Example: title
 * "Mine" edited here and body "Theirs" from the server.
 */
function together({ draft, base }: LocalDraft, { draft: theirs }: ServerVersion): Draft {
  const before = base?.draft ?? emptyDraft;
  const notMine = differing(draft, theirs).filter((member) => isSame(draft, before, member));
  return { ...draft, ...pick(theirs, notMine) };
}

/**
 * Decision on a conflict. `body` replaces the author's text, such as by "Mine and theirs", merged from both versions.
 * The other conflicting members keep the author's values: with conflicts in title and body, the title stays "Mine".
 */
export type Decision = { readonly keep: "theirs" } | { readonly keep: "mine"; readonly body?: string };

export function decide(localDraft: LocalDraft, decision: Decision, now: number): LocalDraft {
  const { theirs, ...rest } = localDraft;
  if (!theirs) return localDraft;
  if (decision.keep === "theirs") return { ...rest, draft: theirs.draft, base: theirs, editedAt: now };
  const mine = together(localDraft, theirs);
  return { ...rest, draft: { ...mine, body: decision.body ?? mine.body }, base: theirs, editedAt: now };
}
