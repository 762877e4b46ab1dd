import { type PriceId, prices } from "./prices.ts";
import { combine, type Measured, type Usage } from "./usage.ts";

/** What is not measured. Whoever knows better changes it here and runs `npm run cost`. */
export const assumptions = {
  /** Days in a month on which an active user uses the product. */
  activeDays: 12,
  /** How many of a month's active users are new. */
  newShare: 0.1,
  /** How often a month their browser loads the files of the web app: after deployments. */
  webLoads: 4,
  /** Of an active user in a month: posts that they publish, posts that they read, and comments that they write. */
  posts: 0.05,
  readings: 8,
  comments: 0.2,
  /** How much longer a function takes on Lambda, with 1024 MB of memory, than on the machine that measured. */
  slower: 2,
  /** What the network adds to each call of another service, in milliseconds. */
  callMs: 4,
  /** How many calls find no started function, and how long a start is, in milliseconds. It is billed. */
  coldShare: 0.02,
  coldMs: 350,
  memoryGigabytes: 1,
  /** What a call of a function and a request of the API write to their logs, in bytes. */
  logBytesPerInvocation: 1100,
  logBytesPerRequest: 600,
  /** How many months of use the table holds, and how much larger its indexes make it. */
  monthsStored: 12,
  storageFactor: 2,
  /** Metrics in alarms, and keys of topics that services publish to. */
  alarmMetrics: 59,
  keys: 2,
  /** Queues that feed a function: Lambda asks each five times at once, twenty seconds at a time, whether or not there is anything. */
  polledQueues: 8,
} as const;

const gigabyte = 1024 ** 3;

/** What one active user uses in a month. */
export function usageOf({ signUp, day, webFiles, post, reading, comment }: Measured): Usage {
  const { activeDays, newShare, webLoads, posts, readings, comments } = assumptions;
  return combine(
    (member) =>
      signUp[member] * newShare +
      day[member] * activeDays +
      webFiles[member] * webLoads +
      post[member] * posts +
      reading[member] * readings +
      comment[member] * comments,
  );
}

/** How many units of each price a month takes. */
export function unitsOf(measured: Measured, users: number): Readonly<Record<PriceId, number>> {
  const one = usageOf(measured);
  const all = combine((member) => one[member] * users);
  const { slower, callMs, coldShare, coldMs, memoryGigabytes, monthsStored, storageFactor } = assumptions;
  const milliseconds = all.functionMs * slower + all.serviceCalls * callMs + all.invocations * coldShare * coldMs;
  const logBytes =
    all.invocations * assumptions.logBytesPerInvocation + all.apiRequests * assumptions.logBytesPerRequest;
  return {
    edgeRequests: all.edgeRequests,
    edgeGigabytes: all.edgeBytes / gigabyte,
    edgeFunctions: all.edgeRequests,
    apiRequests: all.apiRequests,
    invocations: all.invocations,
    gigabyteSeconds: (milliseconds / 1000) * memoryGigabytes,
    writeUnits: all.writeUnits,
    readUnits: all.readUnits,
    tableGigabytes: (all.storedBytes * monthsStored * storageFactor) / gigabyte,
    activeUsers: users,
    mails: all.mails,
    events: all.events,
    filesWritten: all.filesWritten,
    invalidatedPaths: all.invalidatedPaths,
    logGigabytes: logBytes / gigabyte,
    alarmMetrics: assumptions.alarmMetrics,
    keys: assumptions.keys,
    queueRequests: assumptions.polledQueues * 5 * 3 * 60 * 24 * 30,
  };
}

/** What a month costs, in USD, by price. */
export function costOf(measured: Measured, users: number): Readonly<Record<PriceId, number>> {
  const units = unitsOf(measured, users);
  return {
    edgeRequests: usdOf("edgeRequests", units),
    edgeGigabytes: usdOf("edgeGigabytes", units),
    edgeFunctions: usdOf("edgeFunctions", units),
    apiRequests: usdOf("apiRequests", units),
    invocations: usdOf("invocations", units),
    gigabyteSeconds: usdOf("gigabyteSeconds", units),
    writeUnits: usdOf("writeUnits", units),
    readUnits: usdOf("readUnits", units),
    tableGigabytes: usdOf("tableGigabytes", units),
    activeUsers: usdOf("activeUsers", units),
    mails: usdOf("mails", units),
    events: usdOf("events", units),
    filesWritten: usdOf("filesWritten", units),
    invalidatedPaths: usdOf("invalidatedPaths", units),
    logGigabytes: usdOf("logGigabytes", units),
    alarmMetrics: usdOf("alarmMetrics", units),
    keys: usdOf("keys", units),
    queueRequests: usdOf("queueRequests", units),
  };
}

const usdOf = (id: PriceId, units: Readonly<Record<PriceId, number>>): number =>
  Math.max(0, units[id] - prices[id].free) * prices[id].usd;
