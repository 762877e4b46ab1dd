import { parseCron, ScheduleExpressionError } from "./cron.ts";
import { zoneOf } from "./zone.ts";

/** Due times of a schedule, in milliseconds since the epoch. */
export interface Timing {
  /** Returns the first due time after a moment, or undefined if there is none. */
  next(after: number): number | undefined;
}

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @param start the first due time; later ones follow at multiples of the period */
function rate(text: string, start: number): Timing {
  const [, count = "", unit = ""] = /^\s*(\d+)\s+(minute|hour|day)s?\s*$/.exec(text) ?? [];
  const period = Number(count) * (units[unit] ?? 0);
  if (!(period > 0))
    throw new ScheduleExpressionError(`rate(${text}) is not a positive number of minutes, hours or days`);
  return {
    next: (after) => (after < start ? start : start + (Math.floor((after - start) / period) + 1) * period),
  };
}

function at(text: string, zoneName: string): Timing {
  const time = text.trim();
  const shown = Date.parse(`${time}Z`);
  // `Date.parse` accepts other formats, and converts 31 April to 1 May.
  const isValid = !Number.isNaN(shown) && new Date(shown).toISOString() === `${time}.000Z`;
  const moment = isValid ? zoneOf(zoneName).momentOf(shown) : undefined;
  if (moment === undefined) throw new ScheduleExpressionError(`at(${text}) is not a valid time in ${zoneName}`);
  return { next: (after) => (moment > after ? moment : undefined) };
}

/**
 * Parses `rate(…)`, `cron(…)` and `at(…)`.
 * @param start first due time of a rate, in milliseconds
 * @throws ScheduleExpressionError
 */
export function parseExpression(expression: string, zoneName: string, start: number): Timing {
  const [, kind, inner = ""] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  try {
    if (kind === "rate") return rate(inner, start);
    if (kind === "at") return at(inner, zoneName);
    if (kind === "cron") return { next: parseCron(inner, zoneOf(zoneName)) };
  } catch (error) {
    if (error instanceof RangeError) throw new ScheduleExpressionError(`there is no time zone ${zoneName}`);
    throw error;
  }
  throw new ScheduleExpressionError(`${expression} is not rate(…), cron(…) or at(…)`);
}
