import {
  dayOfMonthField,
  dayOfWeekField,
  hourField,
  minuteField,
  monthField,
  ScheduleExpressionError,
  valueIn,
  valuesOf,
  yearField,
} from "./cron-fields.ts";
import type { Zone } from "./zone.ts";

interface Month {
  readonly year: number;
  readonly month: number;
}

/** Returns the days of a month on which a schedule is due, in order. */
type Days = (month: Month) => number[];

const lengthOf = ({ year, month }: Month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** Returns the weekday. 1 is Sunday. */
const weekdayOf = ({ year, month }: Month, day: number) => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
const daysOf = (month: Month) => Array.from({ length: lengthOf(month) }, (_, i) => i + 1);

/**
 * Returns the weekday nearest to a day, within its month. Example: Saturday the 1st gives Monday the 3rd, Saturday the
 * 15th gives Friday the 14th.
 */
function nearestWeekday(month: Month, day: number): number[] {
  if (day > lengthOf(month)) return [];
  const weekday = weekdayOf(month, day);
  if (weekday === 7) return [day === 1 ? 3 : day - 1];
  if (weekday === 1) return [day === lengthOf(month) ? day - 2 : day + 1];
  return [day];
}

function daysOfMonth(text: string): Days {
  if (text === "L") return (month) => [lengthOf(month)];
  const [, weekday] = /^(\d+)W$/.exec(text) ?? [];
  if (weekday !== undefined) {
    const day = valueIn(dayOfMonthField, weekday);
    return (month) => nearestWeekday(month, day);
  }
  const values = valuesOf(dayOfMonthField, text);
  return (month) => values.filter((day) => day <= lengthOf(month));
}

function daysOfWeek(text: string): Days {
  const [, last] = /^(\w*)L$/.exec(text) ?? [];
  if (last === "") return (month) => daysOf(month).filter((day) => weekdayOf(month, day) === 7);
  const on =
    (weekday: number): Days =>
    (month) =>
      daysOf(month).filter((day) => weekdayOf(month, day) === weekday);
  if (last !== undefined) return (month) => on(valueIn(dayOfWeekField, last))(month).slice(-1);
  const [, named = "", nth] = /^(\w+)#(\d)$/.exec(text) ?? [];
  if (nth !== undefined) {
    if (nth < "1" || nth > "5") throw new ScheduleExpressionError(`${text} is not understood in day-of-week`);
    const all = on(valueIn(dayOfWeekField, named));
    return (month) => all(month).slice(Number(nth) - 1, Number(nth));
  }
  const values = new Set(valuesOf(dayOfWeekField, text));
  return (month) => daysOf(month).filter((day) => values.has(weekdayOf(month, day)));
}

function daysBy(dayOfMonth: string, dayOfWeek: string): Days {
  if ((dayOfMonth === "?") === (dayOfWeek === "?"))
    throw new ScheduleExpressionError("one of day-of-month and day-of-week must be ?, and not both");
  return dayOfWeek === "?" ? daysOfMonth(dayOfMonth) : daysOfWeek(dayOfWeek);
}

/**
 * Parses an EventBridge cron expression of six fields. Times that the clocks skip are skipped. Times that they show
 * twice are due once. Example in Europe/Berlin: `30 2 * * ? *` does not run on 29 March 2026 and runs once on 25
 * October 2026.
 * @param fields `0 9 ? * MON-FRI *`
 * @returns a function that returns the first due time after a moment in milliseconds, or undefined if there is none
 * @throws ScheduleExpressionError
 */
export function parseCron(fields: string, zone: Zone): (after: number) => number | undefined {
  const parts = fields.trim().split(/\s+/);
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = parts;
  if (parts.length !== 6) throw new ScheduleExpressionError(`six fields are expected in cron(${fields})`);
  const minutes = valuesOf(minuteField, minute);
  const hours = valuesOf(hourField, hour);
  const days = daysBy(dayOfMonth, dayOfWeek);
  const months = valuesOf(monthField, month);
  const years = valuesOf(yearField, year);
  days({ year: 2000, month: 1 });

  /** @param passed minutes since midnight that the clocks have already shown that day */
  function firstOf(day: Month & { day: number }, after: number, passed: number): number | undefined {
    for (const hour of hours) {
      for (const minute of minutes) {
        if (hour * 60 + minute <= passed) continue;
        const moment = zone.momentOf({ ...day, hour, minute, second: 0 });
        if (moment !== undefined && moment > after) return moment;
      }
    }
    return undefined;
  }

  return (after) => {
    const now = zone.wallTimeOf(after);
    for (const year of years.filter((each) => each >= now.year)) {
      for (const month of months.filter((each) => year > now.year || each >= now.month)) {
        const isNow = year === now.year && month === now.month;
        for (const day of days({ year, month }).filter((each) => !isNow || each >= now.day)) {
          const passed = isNow && day === now.day ? now.hour * 60 + now.minute : -1;
          const found = firstOf({ year, month, day }, after, passed);
          if (found !== undefined) return found;
        }
      }
    }
    return undefined;
  };
}
