import { thisMoment } from "../../../lib/offline/back-off.ts";
import { Sender } from "../../../lib/offline/sender.ts";
import type { EnginePorts } from "../engine-ports.ts";
import { applyOutcome } from "./apply-outcome.ts";
import { compact, markAttempted, release } from "./outbox.ts";
import { planSteps, type Step } from "./send-plan.ts";
import { type Outcome, send } from "./send-step.ts";

interface SenderCallbacks {
  /** Called after the API answered a step. The fetched data is now out of date. */
  onSent(): void;
  /**
   * Called with the ids of lists that must be fetched before their pending changes can be sent. Example: a creation
   * sent 13 hours ago without an answer.
   */
  onUnread(listIds: readonly string[]): void;
}

/**
 * Maximum number of requests when the page unloads, because browsers limit keepalive requests. The next visit sends
 * the rest: of 60 steps, 50 leave now and 10 later.
 */
const mostAtOnce = 50;

/** Sends the outbox. Only one tab at a time holds the lock. */
export function outboxSenderOf(ports: EnginePorts, { onSent, onUnread }: SenderCallbacks) {
  const { store, api, lastingApi } = ports;
  const sender = new Sender<Step>({
    plan(inFlight) {
      const { steps, wakeAt, unread } = planSteps(store.state(), { now: Date.now(), inFlight });
      if (steps.length === 0 && unread.length > 0) onUnread(unread);
      return { jobs: steps, wakeAt };
    },
    async prepare() {
      const update = compact(Date.now());
      if (update(store.state()) !== store.state()) await store.update(update);
    },
    async send(step) {
      const ids = idsOf(step);
      const state = await store.update(markAttempted(ids, Date.now()));
      const entries = state.outbox.filter(({ id }) => ids.has(id));
      // The user undid the change, or another tab has sent it. Skip the step if any of its entries is gone: of three
      // entries, one was undone, so the other two are planned again.
      if (entries.length < ids.size) return;
      await apply({ ...step, entries }, send({ ...step, entries }, state, api));
    },
    mayTry,
    withLock: ports.withTabLock,
    lanes: 4,
  });

  function mayTry(): boolean {
    return ports.isOnline() && ports.isAllowed();
  }

  async function apply(step: Step, sent: Promise<Outcome>): Promise<void> {
    const outcome = await sent;
    await store.update(applyOutcome(step, outcome, thisMoment()));
    if (outcome.type !== "silence") onSent();
  }

  return {
    wake: sender.wake,
    stop: () => sender.stop(),

    /**
     * Sends the steps of these groups within the current task, because the page unloads: it waits for neither the disk
     * nor the tab lock. Sending a step again later is idempotent. Example: the page deletes a todo while unloading, the
     * next visit deletes it again, gets 404, and counts it as done.
     */
    sendAtOnce(groups: ReadonlySet<string>): void {
      if (!mayTry()) return;
      const state = release(groups)(store.state());
      const isMeant = ({ entries }: Step) => entries.every(({ group = "" }) => groups.has(group));
      const { steps } = planSteps(state, { now: Date.now(), inFlight: sender.inFlight() });
      for (const step of steps.filter(isMeant).slice(0, mostAtOnce)) {
        sender.fly(step, apply(step, send(step, state, lastingApi)));
        void store.update(markAttempted(idsOf(step), Date.now()));
      }
    },
  };
}

const idsOf = ({ entries }: Step): Set<string> => new Set(entries.map(({ id }) => id));
