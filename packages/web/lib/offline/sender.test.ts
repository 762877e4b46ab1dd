import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Sender, type SenderPorts } from "./sender.ts";

interface Job {
  readonly name: string;
  readonly readyAt: number;
}

let jobs: Job[];
let sent: string[];
let mayTry: boolean;
/** Answers the request of a job. */
let answers: Map<string, () => void>;

const senderOf = (ports: Partial<SenderPorts<Job>> = {}) =>
  new Sender<Job>({
    plan(inFlight) {
      const open = jobs.filter((job) => !inFlight.includes(job));
      const ready = open.filter(({ readyAt }) => readyAt <= Date.now());
      return { jobs: ready, wakeAt: Math.min(...open.map(({ readyAt }) => readyAt)) };
    },
    async send(job) {
      sent.push(job.name);
      await new Promise<void>((resolve) => answers.set(job.name, resolve));
      jobs = jobs.filter((each) => each !== job);
    },
    mayTry: () => mayTry,
    lanes: 2,
    ...ports,
  });
const jobOf = (name: string, afterMs = 0): Job => ({ name, readyAt: Date.now() + afterMs });
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  [jobs, sent, mayTry, answers] = [[], [], true, new Map()];
});
afterEach(() => vi.useRealTimers());

describe("a sender", () => {
  it("sends as many jobs at once as it has lanes, and the next one after an answer", async () => {
    jobs = ["a", "b", "c"].map((name) => jobOf(name));
    senderOf().wake();
    await settled();
    expect(sent).toEqual(["a", "b"]);
    answers.get("b")?.();
    await settled();
    expect(sent).toEqual(["a", "b", "c"]);
  });

  it("sends a job that arrives while it waits for an answer", async () => {
    jobs = [jobOf("a")];
    const sender = senderOf();
    sender.wake();
    jobs.push(jobOf("b"));
    sender.wake();
    await settled();
    expect(sent).toEqual(["a", "b"]);
  });

  it("wakes up when the next job becomes ready", async () => {
    jobs = [jobOf("later", 8000)];
    senderOf().wake();
    await vi.advanceTimersByTimeAsync(7999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(["later"]);
  });

  it("sends nothing while it may not, or after it was stopped", async () => {
    jobs = [jobOf("a")];
    mayTry = false;
    const sender = senderOf();
    sender.wake();
    mayTry = true;
    sender.stop();
    sender.wake();
    await settled();
    expect(sent).toEqual([]);
  });

  it("is idle once nothing is being sent", async () => {
    jobs = [jobOf("a")];
    const sender = senderOf();
    sender.wake();
    const idle = vi.fn();
    void sender.idle().then(idle);
    await settled();
    expect(idle).not.toHaveBeenCalled();
    answers.get("a")?.();
    await settled();
    expect(idle).toHaveBeenCalled();
  });

  it("tries again five seconds after the browser refused the lock", async () => {
    jobs = [jobOf("a")];
    let refusals = 1;
    const withLock = async (work: () => Promise<void>) => {
      refusals -= 1;
      if (refusals >= 0) throw new DOMException("The page unloads", "AbortError");
      await work();
    };
    senderOf({ withLock }).wake();
    await vi.advanceTimersByTimeAsync(4999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(["a"]);
  });
});
