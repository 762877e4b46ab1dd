import { type Moment, retryAtOf } from "../../../lib/offline/back-off.ts";
import { withCompleted, withList, withNewList, withoutList, withoutTodo, withTodo } from "../state/server-state.ts";
import { type Entry, findList, type State } from "../state/state.ts";
import { mapEntries, type Update, withoutEntries } from "./outbox.ts";
import type { Step } from "./send-plan.ts";
import type { Outcome } from "./send-step.ts";

/**
 * Applies the outcome of a step to the state. Idempotent: ignores entries that are no longer in the outbox, because
 * the outcome may be stale. Example: a redelivered answer with version 2 changes nothing after the entry was settled
 * with version 3.
 */
export const applyOutcome =
  (sent: Step, outcome: Outcome, moment: Moment): Update =>
  (state) => {
    const open = new Set(state.outbox.map(({ id }) => id));
    const step = { ...sent, entries: sent.entries.filter(({ id }) => open.has(id)) };
    const isStale = step.entries.length === 0;
    if (outcome.type === "silence") return isStale ? state : silent(state, moment);
    // The API has answered, so the pause is over.
    const awake: State = state.pause ? { ...state, pause: undefined } : state;
    if (isStale) return awake;
    const isOf = isPartOf(step);
    const mark = (change: (entry: Entry) => Partial<Entry>) =>
      mapEntries(awake, (entry) => (isOf(entry) ? { ...entry, ...change(entry) } : entry));
    switch (outcome.type) {
      case "done":
        return withoutEntries(confirmed(awake, step, outcome, moment.now), isOf);
      case "accepted":
        return mark(() => ({ acceptedAt: moment.now }));
      case "later":
        return mark(({ attempts }) => ({ retryAt: retryAtOf(attempts, moment, outcome.afterMs) }));
      case "trouble":
        return troubled(awake, step, outcome);
    }
  };

function isPartOf({ entries }: Step): (entry: Entry) => boolean {
  const ids = new Set(entries.map(({ id }) => id));
  return ({ id }) => ids.has(id);
}

function silent(state: State, moment: Moment): State {
  // Count requests that failed together as one failure. Example: four parallel requests time out, and the back-off is
  // that of one failure, not of four.
  if (state.pause && state.pause.until > moment.now) return state;
  const attempts = (state.pause?.attempts ?? 0) + 1;
  return { ...state, pause: { attempts, until: retryAtOf(attempts, moment) } };
}

function confirmed(state: State, step: Step, answer: Extract<Outcome, { type: "done" }>, now: number): State {
  if (step.type === "complete-all") {
    const keys = new Set(step.entries.map(({ change }) => change.key));
    return withCompleted(state, findList(state, step.list)?.id, keys, step.completed);
  }
  return step.entries.reduce((before, { change }) => {
    switch (change.type) {
      case "remove-todo":
        return withoutTodo(before, findList(before, change.list)?.id, change.key);
      case "remove-list":
        return withoutList(before, change.key);
      case "create-list":
        return answer.list ? withNewList(before, answer.list, change.key, now) : before;
      case "rename-list":
        return answer.list ? withList(before, answer.list, change.key) : before;
      default:
        return answer.todo ? withTodo(before, answer.todo, change.key) : before;
    }
  }, state);
}

function troubled(state: State, step: Step, outcome: Extract<Outcome, { type: "trouble" }>): State {
  const { trouble } = outcome;
  const isOf = isPartOf(step);
  // Treat a missing todo as deleted when clearing completed todos. Example: the phone deleted the todo first.
  if (trouble.kind === "missing" && step.type === "clear-completed") return withoutEntries(state, isOf);
  const known = step.entries.reduce((before, { change }) => {
    if (outcome.todo) return withTodo(before, outcome.todo, change.key);
    if (outcome.list) return withList(before, outcome.list, change.key);
    const isGone = trouble.kind === "missing" && trouble.what === "todo" && "list" in change;
    return isGone ? withoutTodo(before, findList(before, change.list)?.id, change.key) : before;
  }, state);
  return mapEntries(known, (entry) => (isOf(entry) ? { ...entry, trouble } : entry));
}
