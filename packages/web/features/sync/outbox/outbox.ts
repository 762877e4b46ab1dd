import type { Update as StoreUpdate } from "../../../lib/offline/layout.ts";
import { withEdits } from "../state/optimistic-state.ts";
import { type Change, type Edits, type Entry, isListChange, type Key, type State } from "../state/state.ts";

/**
 * A function that returns a new state, or the same object if nothing changes. Example: releasing groups without held
 * entries returns the same state, and nothing is written.
 */
export type Update = StoreUpdate<State>;

const withOutbox = (state: State, outbox: readonly Entry[]): State =>
  outbox.length === state.outbox.length && outbox.every((entry, i) => entry === state.outbox[i])
    ? state
    : { ...state, outbox };

export const withoutEntries = (state: State, isDropped: (entry: Entry) => boolean): State =>
  withOutbox(
    state,
    state.outbox.filter((entry) => !isDropped(entry)),
  );

export const mapEntries = (state: State, change: (entry: Entry) => Entry): State =>
  withOutbox(state, state.outbox.map(change));

/** Returns the entry without trouble, retry time and hold. */
const fresh = ({ trouble: _, retryAt: __, heldUntil: ___, ...entry }: Entry): Entry => entry;

/** Adds entries and keeps the outbox sorted by `at`. Idempotent: skips entries that are already in the outbox. */
export function append(state: State, entries: readonly Entry[]): State {
  const ids = new Set(state.outbox.map(({ id }) => id));
  const fresh = entries.filter(({ id }) => !ids.has(id));
  return fresh.length === 0 ? state : { ...state, outbox: [...state.outbox, ...fresh].sort((a, b) => a.at - b.at) };
}

/**
 * Creates entries for the changes of one action.
 * @param at milliseconds since the epoch
 */
export function toEntries(
  state: State,
  changes: readonly Change[],
  { at, group, heldUntil }: { at: number; group?: string | undefined; heldUntil?: number | undefined },
): Entry[] {
  // Keep the order even if the clock was set back. Example: the last entry has `at` 1000 and the clock says 900, so the
  // new entry gets 1001.
  const start = Math.max(at, (state.outbox.at(-1)?.at ?? 0) + 1);
  return changes.map((change, i) => ({
    ...{ id: crypto.randomUUID(), at: start + i, change, attempts: 0 },
    ...(group !== undefined && { group }),
    ...(heldUntil !== undefined && { heldUntil }),
  }));
}

/** Whether the entry was never sent, so that the server cannot know it. An entry that got no answer counts as sent. */
export const isUntried = ({ attempts }: Entry): boolean => attempts === 0;

/** Whether the API refused the entry, so that the server has not applied it. */
const isRefused = ({ trouble }: Entry): boolean => trouble?.kind === "failed" || trouble?.kind === "missing";

const isAbout = ({ change }: Entry, key: Key): boolean =>
  change.key === key || (!isListChange(change) && change.list === key);

/**
 * Ends the hold of entries, so that they can be sent. Example: a removal held until 09:00:10 is sent at 09:00:04, when
 * its toast is closed.
 * @param groups the groups to release; all if omitted
 */
export const release =
  (groups?: ReadonlySet<string>): Update =>
  (state) =>
    mapEntries(state, (entry) => {
      const isOne = entry.heldUntil !== undefined && (!groups || groups.has(entry.group ?? ""));
      return isOne ? fresh(entry) : entry;
    });

/**
 * Clears the back-off of all entries and the pause, so that everything can be sent now. Example: a change with
 * `retryAt` in 40 s is sent at once.
 */
export const clearRetryDelays: Update = (state) => {
  const hurried = mapEntries(state, ({ retryAt, ...entry }) => (retryAt === undefined ? entry : { ...entry }));
  return state.pause ? { ...hurried, pause: undefined } : hurried;
};

/** Clears the refusal of a change, so that it is sent again. */
export const retry = (state: State, id: string): State =>
  mapEntries(state, (entry) => (entry.id === id ? fresh(entry) : entry));

/**
 * Resolves a conflict in favor of the user's change: its base becomes the current server value, so that the next try
 * does not conflict. Example: the base "Milk" becomes "Beer" and the edit to "Oats" is sent again.
 */
export const keepMine = (state: State, id: string): State =>
  mapEntries(state, (entry) => {
    const { change, trouble } = entry;
    if (entry.id !== id || trouble?.kind !== "conflict") return entry;
    const { theirs } = trouble;
    if (change.type === "rename-list" && "name" in theirs)
      return { ...fresh(entry), change: { ...change, base: theirs.name } };
    if ((change.type === "edit-todo" || change.type === "remove-todo") && "title" in theirs)
      return { ...fresh(entry), change: { ...change, base: theirs } };
    return entry;
  });

/**
 * Drops a change and the later changes that depend on it. Example: dropping the creation of a list also drops its new
 * todos. Dropping an edit of the title also drops a later edit of the same title, but not one of the notes.
 */
export function discard(state: State, id: string): State {
  const dropped = state.outbox.find((entry) => entry.id === id);
  if (!dropped) return state;
  const { change } = dropped;
  return withoutEntries(state, (entry) => {
    if (entry.id === id) return true;
    if (entry.at < dropped.at) return false;
    if (change.type === "create-list" || change.type === "create-todo" || dropped.trouble?.kind === "missing")
      return isAbout(entry, change.key);
    return entry.change.key === change.key && overlap(entry.change, change);
  });
}

/** Drops an unreadable change after the user has seen its text. */
export const forgetUnreadable = (state: State, id: string): State => ({
  ...state,
  unreadable: state.unreadable.filter((each) => each.id !== id),
});

/**
 * Whether two changes of the same list or todo touch the same value, or `b` removes the todo. Example: two edits of
 * `title` overlap; an edit of `title` and one of `notes` do not.
 */
function overlap(a: Change, b: Change): boolean {
  if (a.type === "rename-list") return b.type === "rename-list";
  if (b.type === "remove-todo") return true;
  if (a.type !== "edit-todo" || b.type !== "edit-todo") return false;
  const members = new Set(Object.keys(a.edits));
  return Object.keys(b.edits).some((member) => members.has(member));
}

/**
 * Marks entries as attempted. Call it before sending: from then on the server may have applied them. Example: after
 * `attempts` 1 without an answer, the todo may or may not exist.
 */
export const markAttempted =
  (ids: ReadonlySet<string>, now: number): Update =>
  (state) =>
    mapEntries(state, (entry) =>
      ids.has(entry.id) ? { ...fresh(entry), attempts: entry.attempts + 1, attemptedAt: now } : entry,
    );

/**
 * Shrinks the outbox without changing its effect. Example: the edits "Milk" → "Oats" → "Rye" become one edit "Milk" →
 * "Rye". An edit of an unsent creation becomes part of it. A creation and a removal that were never sent cancel out.
 */
export const compact =
  (now: number): Update =>
  (state) => {
    const outbox: Entry[] = [];
    for (const entry of state.outbox) {
      const { change } = entry;
      const earlier = outbox.findLastIndex((other) => other.change.key === change.key);
      const before = outbox[earlier];
      const merged = before && merge(before, entry);
      if (merged) outbox[earlier] = merged;
      // Drop an accepted change that the user has overridden. Example: the server accepted `completed: true` with 202,
      // and the user reopens the todo before it is applied.
      else if (before?.acceptedAt !== undefined && overlap(before.change, change)) outbox.splice(earlier, 1, entry);
      else outbox.push(entry);
    }
    const gone = new Set(outbox.filter((entry) => isDue(entry, now) && neverWas(outbox, entry)).map(keyOf));
    return withOutbox(
      state,
      gone.size === 0 ? outbox : outbox.filter((entry) => ![...gone].some((key) => isAbout(entry, key))),
    );
  };

const keyOf = ({ change }: Entry) => change.key;

const isDue = ({ heldUntil }: Entry, now: number) => heldUntil === undefined || heldUntil <= now;

/**
 * Whether the entry removes a list or todo that the server does not have: its creation was never sent, or was refused.
 * Example: create "Milk" and remove "Milk", both offline.
 */
function neverWas(outbox: readonly Entry[], { change }: Entry): boolean {
  if (change.type !== "remove-todo" && change.type !== "remove-list") return false;
  return outbox.some(
    (entry) =>
      entry.change.key === change.key &&
      (entry.change.type === "create-todo" || entry.change.type === "create-list") &&
      (isUntried(entry) || isRefused(entry)),
  );
}

/**
 * Returns two changes of the same list or todo as one entry, or undefined if they must stay separate. Example: create
 * "Milk" + edit the title to "Oats" = create "Oats". If the creation was already sent, they stay separate.
 */
function merge(before: Entry, entry: Entry): Entry | undefined {
  const { change: first } = before;
  const { change: second } = entry;
  if (!isUntried(entry) || entry.trouble || entry.retryAt !== undefined) return undefined;
  if (first.type === "edit-todo" && second.type === "edit-todo") return mergeEdits(before, first, entry, second);
  const isOpen = isUntried(before) || before.trouble?.kind === "failed";
  if (!isOpen) return undefined;
  if (first.type === "create-todo" && second.type === "edit-todo")
    return { ...fresh(before), change: { ...first, content: withEdits(first.content, second.edits) } };
  if ((first.type === "create-list" || first.type === "rename-list") && second.type === "rename-list")
    return { ...fresh(before), change: { ...first, name: second.name } };
  return undefined;
}

type Edit = Extract<Change, { readonly type: "edit-todo" }>;

function mergeEdits(before: Entry, first: Edit, entry: Entry, second: Edit): Entry | undefined {
  const conflict = before.trouble?.kind === "conflict" ? before.trouble : undefined;
  const isRefusal = before.trouble?.kind === "failed";
  // Keep an edit of other members separate from a conflict, or the user's decision would include it. Example: the title
  // conflicts, and the new edit changes the notes.
  const isPart = Object.keys(second.edits).every((member) => Object.hasOwn(first.edits, member));
  if (conflict ? !isPart : !isUntried(before) && !isRefusal) return undefined;
  const seen: Edits = Object.fromEntries(
    Object.entries(first.base).filter(([member]) => Object.hasOwn(first.edits, member)),
  );
  const change = { ...first, edits: { ...first.edits, ...second.edits }, base: withEdits(second.base, seen) };
  const { group: _, ...rest } = fresh(before);
  const isOneAction = before.group !== undefined && before.group === entry.group;
  return { ...rest, change, ...(isOneAction && { group: before.group }), ...(conflict && { trouble: conflict }) };
}
