import {
  type Entry,
  findList,
  isListChange,
  type Key,
  type KnownTodo,
  knownTodosOf,
  listOf,
  type State,
} from "../state/state.ts";
import { isUntried } from "./outbox.ts";

/**
 * Content of one request: a single change, or the same change of many todos of a list. Example: completing five todos
 * with "complete all" is one step with five entries.
 */
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
  /** Steps that can be sent now, in parallel. */
  readonly steps: readonly Step[];
  /**
   * When the next step becomes ready if nothing changes before. Milliseconds since the epoch; infinite if there is
   * none.
   */
  readonly wakeAt: number;
  /** Ids of the lists that must be fetched before more of their changes can be sent. */
  readonly unread: readonly string[];
}

/**
 * Plans the next requests. Changes of one todo, and changes of one list, are sent in order. Todos wait for the
 * creation of their list. All other changes are independent, so a failure delays only the changes that depend on it.
 * Example: if creating "Groceries" fails, its todo "Bread" waits, but "Call Ada" in the inbox is sent.
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
    wakeAt: Math.min(...later),
    unread: [...unread],
  };
}

const readyAt = ({ heldUntil, retryAt }: Entry, { pause }: State): number =>
  Math.max(heldUntil ?? 0, retryAt ?? 0, pause?.until ?? 0);

/**
 * Returns the due entries that no earlier entry blocks. Example: of two edits of one todo, only the first is returned.
 */
function inTurn(entries: readonly Entry[], isDue: (entry: Entry) => boolean): Entry[] {
  // Skip changes of todos whose list is about to be removed. Example: editing "Bread" is pointless when "Groceries" is
  // deleted.
  const doomed = new Set(
    entries.filter((entry) => entry.change.type === "remove-list" && isDue(entry)).map(({ change }) => change.key),
  );
  const closed = new Set<Key>();
  const busy = new Set<Key>();
  const ready: Entry[] = [];
  for (const entry of entries) {
    const { change } = entry;
    const isOpen = isListChange(change) || !(closed.has(change.list) || doomed.has(change.list));
    if (isDue(entry) && isOpen && !busy.has(change.key)) ready.push(entry);
    // A held removal does not block, because the list still exists until the undo time is over. Example: a later change
    // of the list is still sent within these 10 s.
    if (change.type !== "remove-list" || isDue(entry)) busy.add(change.key);
    if (change.type === "create-list") closed.add(change.key);
  }
  return ready;
}

/**
 * Age from which a creation is not retried blindly. The API remembers an idempotency key for 24 hours; half of that
 * leaves a margin. Example: a creation sent 13 hours ago is retried only after the list was fetched and the todo was
 * missing.
 */
const rememberedMs = 12 * 60 * 60 * 1000;

function mustBeRead(state: State, { change, attempts, attemptedAt = 0 }: Entry, now: number): string | undefined {
  if (change.type !== "create-todo" || attempts === 0 || attemptedAt > now - rememberedMs) return undefined;
  const id = findList(state, change.list)?.id;
  return id !== undefined && (state.todos[id]?.fetchedAt ?? 0) <= attemptedAt ? id : undefined;
}

function toSteps(state: State, ready: readonly Entry[], inFlight: readonly Step[], now: number): Step[] {
  const flyingLists = new Set(inFlight.flatMap(({ entries }) => entries.map(({ change }) => listOf(change))));
  const taken = new Set(inFlight.flatMap((step) => (step.type === "one" ? [] : step.list)));
  const steps: Step[] = [];
  for (const group of groupsOf(ready)) {
    const step = together(state, group, now);
    if (!step || taken.has(step.list)) continue;
    // Send nothing else for this list meanwhile, because the bulk request affects all its todos. Example: a todo
    // completed during "delete completed" would be deleted, too.
    taken.add(step.list);
    if (!flyingLists.has(step.list)) steps.push(step);
  }
  for (const entry of ready) {
    const list = listOf(entry.change);
    const isAlone = entry.change.type !== "remove-list" || !flyingLists.has(list);
    if (!taken.has(list) && isAlone) steps.push({ type: "one", entries: [entry] });
  }
  return steps;
}

/**
 * Groups the entries by action and keeps the actions with more than one change. Example: of "complete all" with three
 * entries and a single edit, only the first is returned.
 */
function groupsOf(entries: readonly Entry[]): Entry[][] {
  const groups = Map.groupBy(entries, ({ group }) => group);
  groups.delete(undefined);
  return [...groups.values()].filter(({ length }) => length > 1);
}

/**
 * Maximum age of a fetched list for which "delete completed" may be one request. Example: after 5 minutes the phone
 * may have completed more todos, so each todo is deleted by id. Milliseconds.
 */
const freshMs = 60_000;

/**
 * Returns one bulk request for an action, if the request affects exactly the todos that the user changed. Example:
 * completing all of a, b and c is one request. If d is open, too, but not part of the action, each change is sent
 * alone.
 */
function together(state: State, entries: readonly Entry[], now: number): Exclude<Step, { type: "one" }> | undefined {
  const [first] = entries;
  if (!first || isListChange(first.change) || entries.some((entry) => listOf(entry.change) !== listOf(first.change)))
    return undefined;
  const list = first.change.list;
  const known = knownTodosOf(state, list);
  const keys = new Set(entries.map(({ change }) => change.key));
  const unclear = state.outbox.some(
    (entry) => listOf(entry.change) === list && !isUntried(entry) && !keys.has(entry.change.key),
  );
  if (!known || unclear) return undefined;
  const completed = commonCompletion(entries);
  // Deleting affects all completed todos, and completing all affects the open ones.
  const isAffected = (todo: KnownTodo) => todo.completed !== (completed ?? false);
  if (known.items.some((todo) => isAffected(todo) && !keys.has(todo.key))) return undefined;
  if (completed !== undefined) return { type: "complete-all", entries, list, completed };
  const areRemoved = entries.every(
    ({ change }) =>
      change.type === "remove-todo" && known.items.some((todo) => todo.key === change.key && todo.completed),
  );
  return areRemoved && known.fetchedAt > now - freshMs ? { type: "clear-completed", entries, list } : undefined;
}

/**
 * Returns the `completed` value that all entries set, if they set nothing else and agree. Example: three edits that
 * only set `completed` to true give true; if one also edits the title, the result is undefined.
 */
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
