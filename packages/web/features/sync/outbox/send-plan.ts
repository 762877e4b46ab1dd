import {
  type Entry,
  findList,
  isListChange,
  type Key,
  type KnownTodo,
  knownTodosOf,
  type State,
} from "../state/state.ts";
import { isUntried } from "./outbox.ts";

/** What is sent with one request: one change, or one that is the same for many todos of a list. */
export type Step =
  | { readonly type: "one"; readonly entries: readonly Entry[] }
  | {
      readonly type: "complete-all";
      readonly entries: readonly Entry[];
      readonly list: Key;
      readonly completed: boolean;
    }
  | { readonly type: "clear-completed"; readonly entries: readonly Entry[]; readonly list: Key };

export interface Plan {
  /** What can be sent now, at the same time. */
  readonly steps: readonly Step[];
  /** When there will be more to send, if nothing happens before: milliseconds since the epoch. */
  readonly wakeAt: number | undefined;
  /** The lists that must be read before more of their changes can be sent: their ids. */
  readonly unread: readonly string[];
}

/**
 * What to send next. Changes of one todo, and of one list's name, go in their order; todos wait for their list to be made; all else is
 * independent, so that what fails holds up nothing but what builds on it.
 */
export function planSteps(state: State, { now, inFlight }: { now: number; inFlight: readonly Step[] }): Plan {
  const flying = new Set(inFlight.flatMap(({ entries }) => entries.map(({ id }) => id)));
  const waiting = state.outbox.filter(({ acceptedAt }) => acceptedAt === undefined);
  const isFree = (entry: Entry) => !flying.has(entry.id) && !entry.trouble;
  const times = new Map(waiting.filter(isFree).map((entry) => [entry, readyAt(entry, state)]));
  const later = [...times.values()].filter((time) => time > now);
  const due = inTurn(waiting, (entry) => (times.get(entry) ?? Number.POSITIVE_INFINITY) <= now);
  const unread = new Set(due.flatMap((entry) => mustBeRead(state, entry, now) ?? []));
  const ready = due.filter((entry) => mustBeRead(state, entry, now) === undefined);
  return {
    steps: toSteps(state, ready, inFlight, now),
    wakeAt: later.length > 0 ? Math.min(...later) : undefined,
    unread: [...unread],
  };
}

const readyAt = ({ heldUntil, retryAt }: Entry, { pause }: State): number =>
  Math.max(heldUntil ?? 0, retryAt ?? 0, pause?.until ?? 0);

const listOf = ({ change }: Entry): Key => (isListChange(change) ? change.key : change.list);

/** The entries before which nothing else has to be done. */
function inTurn(entries: readonly Entry[], isDue: (entry: Entry) => boolean): Entry[] {
  // Whatever a list holds goes with it.
  const doomed = new Set(entries.filter((entry) => entry.change.type === "remove-list" && isDue(entry)).map(listOf));
  const closed = new Set<Key>();
  const busy = new Set<Key>();
  const ready: Entry[] = [];
  for (const entry of entries) {
    const { change } = entry;
    const isOpen = isListChange(change) || !(closed.has(change.list) || doomed.has(change.list));
    if (isDue(entry) && isOpen && !busy.has(change.key)) ready.push(entry);
    // A list whose removal is held is still there.
    if (change.type !== "remove-list" || isDue(entry)) busy.add(change.key);
    if (change.type === "create-list") closed.add(change.key);
  }
  return ready;
}

/** The API remembers for 24 hours what it has made under a key: after half of it, only the list itself can tell. */
const rememberedMs = 12 * 60 * 60 * 1000;

function mustBeRead(state: State, { change, attempts, attemptedAt = 0 }: Entry, now: number): string | undefined {
  if (change.type !== "create-todo" || attempts === 0 || attemptedAt > now - rememberedMs) return undefined;
  const id = findList(state, change.list)?.id;
  return id !== undefined && (state.todos[id]?.fetchedAt ?? 0) <= attemptedAt ? id : undefined;
}

function toSteps(state: State, ready: readonly Entry[], inFlight: readonly Step[], now: number): Step[] {
  const flyingLists = new Set(inFlight.flatMap(({ entries }) => entries.map(listOf)));
  const taken = new Set(inFlight.flatMap((step) => (step.type === "one" ? [] : step.list)));
  const steps: Step[] = [];
  for (const group of groupsOf(ready)) {
    const step = together(state, group, now);
    if (!step || taken.has(step.list)) continue;
    // Nothing else may happen in the list meanwhile, for a request about all of its todos would change that, too.
    taken.add(step.list);
    if (!flyingLists.has(step.list)) steps.push(step);
  }
  for (const entry of ready) {
    const list = listOf(entry);
    const isAlone = entry.change.type !== "remove-list" || !flyingLists.has(list);
    if (!taken.has(list) && isAlone) steps.push({ type: "one", entries: [entry] });
  }
  return steps;
}

/** The entries of each action that made more than one change. */
function groupsOf(entries: readonly Entry[]): Entry[][] {
  const groups = Map.groupBy(entries, ({ group }) => group);
  groups.delete(undefined);
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** How old a list may be when what is completed there, as far as it is known, is deleted with one request. */
const freshMs = 60_000;

/** One request for a whole action, if it does to the list exactly what the person did. */
function together(state: State, entries: readonly Entry[], now: number): Exclude<Step, { type: "one" }> | undefined {
  const [first] = entries;
  if (!first || isListChange(first.change) || entries.some((entry) => listOf(entry) !== listOf(first)))
    return undefined;
  const list = first.change.list;
  const known = knownTodosOf(state, list);
  const keys = new Set(entries.map(({ change }) => change.key));
  const unclear = state.outbox.some(
    (entry) => listOf(entry) === list && !isUntried(entry) && !keys.has(entry.change.key),
  );
  if (!known || unclear) return undefined;
  const covers = (isMeant: (todo: KnownTodo) => boolean) =>
    known.items.every((todo) => !isMeant(todo) || keys.has(todo.key));
  const completed = commonCompletion(entries);
  if (completed !== undefined)
    return covers((todo) => todo.completed !== completed)
      ? { type: "complete-all", entries, list, completed }
      : undefined;
  const areRemoved = entries.every(
    ({ change }) =>
      change.type === "remove-todo" && known.items.some((todo) => todo.key === change.key && todo.completed),
  );
  const isFresh = known.fetchedAt > now - freshMs;
  return areRemoved && isFresh && covers((todo) => todo.completed)
    ? { type: "clear-completed", entries, list }
    : undefined;
}

/** What all of these changes, and nothing but that, set `completed` to. */
function commonCompletion(entries: readonly Entry[]): boolean | undefined {
  const values = new Set(
    entries.map(({ change }) =>
      change.type === "edit-todo" && Object.keys(change.edits).join() === "completed"
        ? change.edits.completed
        : undefined,
    ),
  );
  return values.size === 1 ? [...values][0] : undefined;
}
