import { withEdits } from "../state/optimistic-state.ts";
import { type Change, type Edits, type Entry, isListChange, type Key, type State } from "../state/state.ts";

/** A function that gives a new state, or the very same where nothing changes. */
export type Update = (state: State) => State;

const withOutbox = (state: State, outbox: readonly Entry[]): State =>
  outbox.length === state.outbox.length && outbox.every((entry, i) => entry === state.outbox[i])
    ? state
    : { ...state, outbox };

const withoutEntries = (state: State, isDropped: (entry: Entry) => boolean): State =>
  withOutbox(
    state,
    state.outbox.filter((entry) => !isDropped(entry)),
  );

const mapEntries = (state: State, change: (entry: Entry) => Entry): State =>
  withOutbox(state, state.outbox.map(change));

/** The entry without what its failures and its waiting have left on it. */
const fresh = ({ trouble: _, retryAt: __, heldUntil: ___, ...entry }: Entry): Entry => entry;

/** Adds what a person did, after all that they did before. */
export const append = (state: State, entries: readonly Entry[]): State =>
  entries.length === 0 ? state : { ...state, outbox: [...state.outbox, ...entries].sort((a, b) => a.at - b.at) };

/** Entries for what a person did with one action. @param at milliseconds since the epoch */
export function toEntries(
  state: State,
  changes: readonly Change[],
  { at, group, heldUntil }: { at: number; group?: string | undefined; heldUntil?: number | undefined },
): Entry[] {
  // A clock that was put back must not put a change before those that it depends on.
  const start = Math.max(at, (state.outbox.at(-1)?.at ?? 0) + 1);
  return changes.map((change, i) => ({
    ...{ id: crypto.randomUUID(), at: start + i, change, attempts: 0 },
    ...(group !== undefined && { group }),
    ...(heldUntil !== undefined && { heldUntil }),
  }));
}

/** Whether no server can know of it. */
export const isUntried = ({ attempts }: Entry): boolean => attempts === 0;

/** What is said of an entry that was refused: the server has not done it. */
const isRefused = ({ trouble }: Entry): boolean => trouble?.kind === "failed" || trouble?.kind === "missing";

const isAbout = ({ change }: Entry, key: Key): boolean =>
  change.key === key || (!isListChange(change) && change.list === key);

/** Takes back what is held, as far as it was not sent. @returns also the changes of the group that were */
export function withdraw(state: State, group: string): State {
  return withoutEntries(state, (entry) => entry.group === group && isUntried(entry));
}

/** Lets go what is held. @param groups all, by default */
export const release =
  (groups?: ReadonlySet<string>): Update =>
  (state) =>
    mapEntries(state, (entry) => {
      const isOne =
        entry.heldUntil !== undefined && (!groups || (entry.group !== undefined && groups.has(entry.group)));
      return isOne ? fresh(entry) : entry;
    });

/** Nothing waits for another try any more. */
export const clearRetryDelays: Update = (state) => {
  const hurried = mapEntries(state, ({ retryAt, ...entry }) => (retryAt === undefined ? entry : { ...entry }));
  return state.pause ? { ...hurried, pause: undefined } : hurried;
};

/** Sends a refused change again. */
export const retry = (state: State, id: string): State =>
  mapEntries(state, (entry) => (entry.id === id ? fresh(entry) : entry));

/** The person wants their change although somebody else has changed the same: what is there now is what they have seen. */
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

/** Drops a change, and what the person did on top of it. */
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

/** The person has seen the text of a change that cannot be read, and does not need it any more. */
export const forgetUnreadable = (state: State, id: string): State => ({
  ...state,
  unreadable: state.unreadable.filter((each) => each.id !== id),
});

/** Whether a later change of the same list or todo leaves nothing of an earlier one, or builds on it. */
function overlap(a: Change, b: Change): boolean {
  if (a.type === "rename-list") return b.type === "rename-list";
  if (b.type === "remove-todo") return true;
  if (a.type !== "edit-todo" || b.type !== "edit-todo") return false;
  const members = new Set(Object.keys(a.edits));
  return Object.keys(b.edits).some((member) => members.has(member));
}

/** Notes that these entries are being sent, before they are: from now on the server may know of them. */
export const markAttempted =
  (ids: ReadonlySet<string>, now: number): Update =>
  (state) =>
    mapEntries(state, (entry) =>
      ids.has(entry.id) ? { ...fresh(entry), attempts: entry.attempts + 1, attemptedAt: now } : entry,
    );

/**
 * Makes less of the outbox with the same effect: edits on top of each other become one, edits of what was never sent become part of it,
 * and what was made and removed without the server ever knowing goes.
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
      // What the server has promised does not count any more where the person has changed their mind.
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

/** Whether this removes what the server cannot know. */
function neverWas(outbox: readonly Entry[], { change }: Entry): boolean {
  if (change.type !== "remove-todo" && change.type !== "remove-list") return false;
  return outbox.some(
    (entry) =>
      entry.change.key === change.key &&
      (entry.change.type === "create-todo" || entry.change.type === "create-list") &&
      (isUntried(entry) || isRefused(entry)),
  );
}

/** Two changes of the same list or todo as one, if the second can be part of the first. */
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
  // What is added to a conflict would be decided with it.
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
