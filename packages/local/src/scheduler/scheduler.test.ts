import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EventRefusedError } from "../async-invocations/async-invocations.ts";
import type { Statement } from "../graph/graph.ts";
import type { MessageAttributes } from "../service-types.ts";
import { account, functionOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import type { Clock } from "./clock.ts";
import { type Scheduler, startScheduler } from "./scheduler.ts";

const tick = functionOf("tick");
const deadLetterArn = `arn:aws:sqs:${region}:${account}:dead`;
const roleArn = `arn:aws:iam::${account}:role/TickRole`;
const mayInvoke: Statement[] = [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: tick.arn }];

interface Delivered {
  readonly at: string;
  readonly target: string;
  readonly body: string;
  readonly attributes: MessageAttributes | undefined;
}

let temporary: ReturnType<typeof temporaryFolder>;
let scheduler: Scheduler | undefined;
let delivered: Delivered[];
let failures: Error[];
let clock: ReturnType<typeof testClock>;
let log: ReturnType<typeof keptLog>;

/** Creates a clock that a test advances. Waiters are woken one after another, each at its time. */
function testClock(start: string) {
  let now = Date.parse(start);
  let waiting: { time: number; wake: () => void }[] = [];
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    until(time, signal) {
      if (time <= now || signal.aborted) return Promise.resolve();
      return new Promise<void>((wake) => {
        waiting.push({ time, wake });
        signal.addEventListener("abort", () => wake());
      });
    },
    async advance(to: string) {
      for (;;) {
        await settle();
        const [next] = waiting.toSorted((a, b) => a.time - b.time);
        if (!next || next.time > Date.parse(to)) break;
        now = next.time;
        waiting = waiting.filter((each) => each !== next);
        next.wake();
      }
      now = Date.parse(to);
    },
    /** Simulates sleep of the machine: time passes, and timers fire late. */
    sleep(to: string) {
      now = Date.parse(to);
      for (const { wake } of waiting.splice(0)) wake();
    },
  } satisfies Clock & Record<string, unknown>;
}

beforeEach(() => {
  temporary = temporaryFolder();
  delivered = [];
  failures = [];
  clock = testClock("2026-03-10T09:00:00Z");
  log = keptLog();
});
afterEach(async () => {
  await scheduler?.close();
  scheduler = undefined;
  temporary.remove();
});

function start(scheduleExpression: string, inputs: object = {}, target: object = {}, policy = mayInvoke) {
  const schedule = {
    name: "Tick",
    id: "tick",
    arn: `arn:aws:scheduler:${region}:${account}:schedule/default/Tick`,
    scheduleExpression,
    target: { arn: tick.arn, roleArn, input: { n: 1 }, ...target },
    ...inputs,
  };
  const roles = [{ name: "TickRole", id: "TickRole", arn: roleArn, policy }];
  scheduler = startScheduler({
    graph: graphOf({ "aws:scheduler:Schedule": [schedule], "aws:iam:Role": roles }, [tick]),
    async deliver(target, body, attributes) {
      const failure = target === tick.arn ? failures.shift() : undefined;
      if (failure) throw failure;
      delivered.push({ at: new Date(clock.now()).toISOString().slice(0, 16), target, body, attributes });
    },
    dataFolder: temporary.folder,
    log,
    clock,
  });
  return scheduler;
}
const moments = () => delivered.map(({ at }) => at);

describe("a schedule", () => {
  it("calls its target with its input at each due time in its time zone", async () => {
    start("cron(0 12 * * ? *)", { scheduleExpressionTimezone: "Europe/Berlin" });
    await clock.advance("2026-03-12T00:00:00Z");
    expect(delivered).toEqual([
      { at: "2026-03-10T11:00", target: tick.arn, body: '{"n":1}', attributes: undefined },
      { at: "2026-03-11T11:00", target: tick.arn, body: '{"n":1}', attributes: undefined },
    ]);
  });

  it("runs a rate immediately and continues from that start after a restart", async () => {
    const first = start("rate(1 hour)");
    await clock.advance("2026-03-10T10:30:00Z");
    await first.close();
    start("rate(1 hour)");
    await clock.advance("2026-03-10T11:30:00Z");
    expect(moments()).toEqual(["2026-03-10T09:00", "2026-03-10T10:00", "2026-03-10T11:00"]);
  });

  it("runs once at its time and never again", async () => {
    start("at(2026-03-10T09:30:00)");
    await clock.advance("2026-03-11T00:00:00Z");
    expect(moments()).toEqual(["2026-03-10T09:30"]);
    expect(log.lines.at(-1)).toContain("Tick has no further runs");
  });

  it("respects its start and its end", async () => {
    start("rate(1 hour)", { startDate: "2026-03-10T11:30:00Z", endDate: "2026-03-10T13:00:00Z" });
    await clock.advance("2026-03-11T00:00:00Z");
    expect(moments()).toEqual(["2026-03-10T11:30", "2026-03-10T12:30"]);
  });

  it("fills in EventBridge's attributes, and builds an event without an input", async () => {
    const input = { at: "<aws.scheduler.scheduled-time>", by: "<aws.scheduler.schedule-arn>" };
    await start("at(2026-03-10T09:30:00)", {}, { input }).run("Tick");
    const arn = `arn:aws:scheduler:${region}:${account}:schedule/default/Tick`;
    expect(JSON.parse(delivered[0]?.body ?? "")).toEqual({ at: "2026-03-10T09:00:00Z", by: arn });
    await scheduler?.close();
    await start("at(2026-03-10T09:30:00)", {}, { input: undefined }).run("Tick");
    expect(JSON.parse(delivered[1]?.body ?? "")).toMatchObject({ source: "aws.scheduler", resources: [arn] });
  });

  it("does not run when it is disabled or has an unsupported target, and logs that", async () => {
    start("rate(1 hour)", { state: "DISABLED" });
    await scheduler?.close();
    start("rate(1 hour)", {}, { arn: `arn:aws:ecs:${region}:${account}:cluster/c` });
    await clock.advance("2026-03-11T00:00:00Z");
    expect(delivered).toEqual([]);
    expect(log.lines).toEqual([
      "scheduler Tick is disabled in the graph",
      `scheduler not supported: the target arn:aws:ecs:${region}:${account}:cluster/c of Tick`,
    ]);
  });

  it("is refused when AWS would refuse the expression", () => {
    expect(() => start("cron(0 9 * * * *)")).toThrow("Tick: one of day-of-month and day-of-week must be ?");
  });
});

describe("a missed run", () => {
  it("is logged and not repeated after a restart", async () => {
    const first = start("cron(0 12 * * ? *)");
    await first.close();
    clock = testClock("2026-03-12T13:00:00Z");
    start("cron(0 12 * * ? *)");
    await clock.advance("2026-03-13T13:00:00Z");
    expect(moments()).toEqual(["2026-03-13T12:00"]);
    expect(log.lines).toContain(
      "scheduler Tick missed its run at 2026-03-10T12:00:00.000Z: the local cloud was not running",
    );
  });

  it("is not repeated after the machine slept", async () => {
    start("cron(0 12 * * ? *)");
    clock.sleep("2026-03-12T13:00:00Z");
    await clock.advance("2026-03-13T13:00:00Z");
    expect(moments()).toEqual(["2026-03-13T12:00"]);
  });
});

describe("an unreachable target", () => {
  const deadLetterConfig = { arn: deadLetterArn };
  const codeOf = ({ attributes }: Delivered) => attributes?.ERROR_CODE?.StringValue;

  it("is retried as often as the retry policy sets, then reported to the dead-letter queue", async () => {
    failures = [new Error("full"), new Error("full"), new Error("full")];
    start("at(2026-03-10T09:30:00)", {}, { deadLetterConfig, retryPolicy: { maximumRetryAttempts: 2 } });
    await clock.advance("2026-03-10T10:00:00Z");
    expect(delivered).toMatchObject([
      {
        target: deadLetterArn,
        body: '{"n":1}',
        attributes: {
          ERROR_MESSAGE: { StringValue: "full" },
          RETRY_ATTEMPTS: { StringValue: "2" },
          SCHEDULED_TIME: { StringValue: "2026-03-10T09:30:00Z" },
          TARGET_ARN: { StringValue: tick.arn },
        },
      },
    ]);
  });

  it("is not retried when the role lacks the permission or the target does not exist", async () => {
    await start("at(2026-03-10T09:30:00)", {}, { deadLetterConfig }, []).run("Tick");
    await scheduler?.close();
    failures = [new EventRefusedError(404, "Function not found")];
    await start("at(2026-03-10T09:30:00)", {}, { deadLetterConfig }).run("Tick");
    expect(delivered.map(codeOf)).toEqual(["AccessDeniedException", "ResourceNotFoundException"]);
    expect(log.lines.join("\n")).toContain(`not authorized to perform: lambda:InvokeFunction on ${tick.arn}`);
  });
});
