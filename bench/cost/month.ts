import { blogAssumptions, partsOfBlog } from "./blog-month.ts";
import { type PriceId, prices } from "./prices.ts";
import { combine, type Measured, type Part, type Usage } from "./usage.ts";

/** Values that are not measured. To use other values, change them here and run `npm run cost`. */
export const assumptions = {
  /** Days per month on which an active user uses the product. */
  activeDays: 12,
  /** Share of new users among a month's active users. */
  newShare: 0.1,
  /** How often per month a browser loads the files of the web app (after deployments). */
  webLoads: 4,
  ...blogAssumptions,
  /** How much longer a function takes on Lambda with 1024 MB of memory than on the measuring machine, as a factor. */
  slower: 2,
  /** Network time of each call to another service, in milliseconds. */
  callMs: 4,
  /** Share of cold starts among invocations, and their duration in milliseconds. It is billed. */
  coldShare: 0.02,
  coldMs: 350,
  memoryGigabytes: 1,
  /** Bytes logged per invocation of a function and per request to the API. */
  logBytesPerInvocation: 1100,
  logBytesPerRequest: 600,
  /** Months of use that the table holds, and the factor by which indexes increase its size. */
  monthsStored: 12,
  storageFactor: 2,
  /**
   * Number of metrics in alarms, of dashboards with more than 50 metrics (AWS's limit for a free one), and of keys for
   * topics that AWS services publish to.
   */
  // #region blog
  alarmMetrics: 68,
  // #else alarmMetrics: 53,
  // #endregion blog
  dashboards: 1,
  keys: 2,
  /**
   * Number of queues that trigger a function. Lambda polls each with five long polls of twenty seconds, even if the
   * queue is empty.
   */
  // #region blog
  polledQueues: 9,
  // #else polledQueues: 6,
  // #endregion blog
} as const;

const gigabyte = 1024 ** 3;

/** Returns the usage of one active user per month. */
export function usageOf(measured: Measured): Usage {
  const { activeDays, newShare, webLoads } = assumptions;
  const parts: readonly Part[] = [
    [measured.signUp, newShare],
    [measured.day, activeDays],
    [measured.webFiles, webLoads],
    ...partsOfBlog(measured),
  ];
  return combine((member) => parts.reduce((sum, [usage, times]) => sum + usage[member] * times, 0));
}

/** Returns the units of each price per month. */
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
    keyValueReads: all.keyValueReads,
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
    filesRead: all.filesRead,
    invalidatedPaths: all.invalidatedPaths,
    logGigabytes: logBytes / gigabyte,
    alarmMetrics: assumptions.alarmMetrics,
    dashboards: assumptions.dashboards,
    keys: assumptions.keys,
    queueRequests: assumptions.polledQueues * 5 * 3 * 60 * 24 * 30,
  };
}

/** Returns the cost of a month in USD, by price. */
export function costOf(measured: Measured, users: number): Readonly<Record<PriceId, number>> {
  const units = unitsOf(measured, users);
  return {
    edgeRequests: usdOf("edgeRequests", units),
    edgeGigabytes: usdOf("edgeGigabytes", units),
    edgeFunctions: usdOf("edgeFunctions", units),
    keyValueReads: usdOf("keyValueReads", units),
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
    filesRead: usdOf("filesRead", units),
    invalidatedPaths: usdOf("invalidatedPaths", units),
    logGigabytes: usdOf("logGigabytes", units),
    alarmMetrics: usdOf("alarmMetrics", units),
    dashboards: usdOf("dashboards", units),
    keys: usdOf("keys", units),
    queueRequests: usdOf("queueRequests", units),
  };
}

const usdOf = (id: PriceId, units: Readonly<Record<PriceId, number>>): number =>
  Math.max(0, units[id] - prices[id].free) * prices[id].usd;
