import { backOffMs, type Moment } from "../../../lib/offline/back-off.ts";
import { withCompleted, withList, withNewList, withoutList, withoutTodo, withTodo } from "../state/server-state.ts";
import { type Entry, findList, type State } from "../state/state.ts";
import type { Update } from "./outbox.ts";
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
    const { now } = moment;
    const open = new Set(state.outbox.map(({ id }) => id));
    const step = { ...sent, entries: sent.entries.filter(({ id }) => open.has(id)) };
    if (step.entries.length === 0) return outcome.type === "silence" ? state : awake(state);
    switch (outcome.type) {
      case "silence":
        return silent(state, moment);
      case "done":
        return withoutEntries(confirmed(awake(state), step, outcome, now), step);
      case "accepted":
        return onEntries(awake(state), step, (entry) => ({ ...entry, acceptedAt: now }));
      case "later": {
        const wait = (attempts: number) => Math.max(outcome.afterMs ?? 0, backOffMs(attempts, moment.random));
        return onEntries(awake(state), step, (entry) => ({ ...entry, retryAt: now + wait(entry.attempts) }));
      }
      case "trouble":
        return troubled(awake(state), step, outcome);
    }
  };

/** Clears the pause, because the API has answered. */
const awake = (state: State): State => (state.pause ? { ...state, pause: undefined } : state);

function silent(state: State, { now, random }: Moment): State {
  // Count requests that failed together as one failure. Example: four parallel requests time out, and the back-off is
  // that of one failure, not of four.
  if (state.pause && state.pause.until > now) return state;
  const attempts = (state.pause?.attempts ?? 0) + 1;
  return { ...state, pause: { attempts, until: now + backOffMs(attempts, random) } };
}

function onEntries(state: State, { entries }: Step, change: (entry: Entry) => Entry): State {
  const ids = new Set(entries.map(({ id }) => id));
  return { ...state, outbox: state.outbox.map((entry) => (ids.has(entry.id) ? change(entry) : entry)) };
}

function withoutEntries(state: State, { entries }: Step): State {
  const ids = new Set(entries.map(({ id }) => id));
  return { ...state, outbox: state.outbox.filter(({ id }) => !ids.has(id)) };
}

type Done = Extract<Outcome, { type: "done" | "trouble" }>;

function confirmed(state: State, step: Step, answer: Done, now: number): State {
  if (step.type === "complete-all") {
    const keys = new Set(step.entries.map(({ change }) => change.key));
    return withCompleted(state, findList(state, step.list)?.id ?? "", keys, step.completed);
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
  // Treat a missing todo as deleted when clearing completed todos. Example: the phone deleted the todo first.
  if (trouble.kind === "missing" && step.type === "clear-completed") return withoutEntries(state, step);
  const known = step.entries.reduce((before, { change }) => {
    if (outcome.todo) return withTodo(before, outcome.todo, change.key);
    if (outcome.list) return withList(before, outcome.list, change.key);
    const isGone = trouble.kind === "missing" && trouble.what === "todo" && "list" in change;
    return isGone ? withoutTodo(before, findList(before, change.list)?.id, change.key) : before;
  }, state);
  return onEntries(known, step, (entry) => ({ ...entry, trouble }));
}
