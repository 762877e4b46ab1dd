import { Cron } from "croner";
import type { Zone } from "./zone.ts";

/** An expression that AWS would refuse. */
export class ScheduleExpressionError extends Error {
  override readonly name = "ScheduleExpressionError";
}

const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const weekday = `[1-7]|${days.join("|")}`;
const minute = "[0-5]?\\d";
const hour = "[01]?\\d|2[0-3]";
const dayOfMonth = "0?[1-9]|[12]\\d|3[01]";
const month = "0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";
const year = "19[7-9]\\d|2[01]\\d\\d";
const lastYear = 2199;

/** Returns a pattern for a field that lists values: `*`, `5`, `1-5`, `0/15`, `10-30/5,45`. */
function listOf(value: string): string {
  const part = `(?:\\*|(?:${value})(?:-(?:${value}))?)(?:/\\d+)?`;
  return `${part}(?:,${part})*`;
}

// Croner accepts more than AWS, such as `?` in each field, `+MON` and `13-60/5`.
const expression = new RegExp(
  `^\\s*${[
    listOf(minute),
    listOf(hour),
    `\\?|L|(?:${dayOfMonth})W|${listOf(dayOfMonth)}`,
    listOf(month),
    `\\?|(?:${weekday})?L|(?:${weekday})#[1-5]|${listOf(weekday)}`,
    listOf(year),
  ]
    .map((field) => `(${field})`)
    .join("\\s+")}\\s*$`,
  "i",
);

/** Returns the number of a weekday, where 1 is Sunday. */
const weekdayOf = (text: string) => days.indexOf(text.toUpperCase()) + 1 || Number(text);

/** Writes where a step ends: `5/20` as `5-59/20`. */
const withEnd = (field: string, most: number) => field.replace(/(^|,)(\w+)\//g, `$1$2-${most}/`);

/** Writes ranges of weekdays as lists, because they can wrap around: `FRI-MON` is `6,7,1,2`. */
const withoutRanges = (dayOfWeek: string) =>
  dayOfWeek.replace(/(\w+)-(\w+)(?:\/(\d+))?/g, (_, from: string, to: string, step = "1") => {
    const first = weekdayOf(from);
    const length = (weekdayOf(to) - first + 7) % 7;
    return Array.from({ length: length + 1 }, (_, i) => ((first - 1 + i) % 7) + 1)
      .filter((_, i) => i % Number(step) === 0)
      .join();
  });

/**
 * Parses an EventBridge cron expression of six fields. Times that the clocks skip are skipped. Times that they show
 * twice are due once. Example in Europe/Berlin: `30 2 * * ? *` does not run on 29 March 2026 and runs once on 25
 * October 2026.
 * @param text `0 9 ? * MON-FRI *`
 * @returns a function that returns the first due time after a moment in milliseconds, or undefined if there is none
 * @throws ScheduleExpressionError
 */
export function parseCron(text: string, zone: Zone): (after: number) => number | undefined {
  const [, minutes = "", hours = "", dayOfMonth = "", months = "", dayOfWeek = "", years = ""] =
    expression.exec(text) ?? [];
  if (minutes === "") throw new ScheduleExpressionError(`cron(${text}) does not have six valid fields`);
  if ((dayOfMonth === "?") === (dayOfWeek === "?"))
    throw new ScheduleExpressionError("one of day-of-month and day-of-week must be ?, and not both");
  const pattern = [
    "0",
    withEnd(minutes, 59),
    withEnd(hours, 23),
    withEnd(dayOfMonth, 31),
    withEnd(months, 12),
    dayOfWeek === "L" ? "SAT" : withoutRanges(withEnd(dayOfWeek, 7)),
    withEnd(years, lastYear).replaceAll("*", `1970-${lastYear}`),
  ].join(" ");
  // Croner sees local times as if they were in UTC, because its rules for skipped and repeated times are not AWS's.
  let cron: Cron;
  try {
    cron = new Cron(pattern, { mode: "7-part", timezone: "UTC", alternativeWeekdays: true });
  } catch (error) {
    throw new ScheduleExpressionError(`cron(${text}) is not understood: ${error}`, { cause: error });
  }
  return (after) => {
    let next = cron.nextRun(new Date(zone.shownAt(after)));
    while (next) {
      const moment = zone.momentOf(next.getTime());
      if (moment !== undefined && moment > after) return moment;
      next = cron.nextRun(next);
    }
    return undefined;
  };
}
