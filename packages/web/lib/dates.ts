import { dateWords } from "../copy/dates.ts";

/** A calendar date without time or zone, such as `2026-11-27`. */
export type Day = string;

const msPerDay = 86_400_000;
const pad = (number: number, digits = 2) => String(number).padStart(digits, "0");

/** Today's date in the user's time zone. */
export function today(now = new Date()): Day {
  return `${pad(now.getFullYear(), 4)}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

// Dates are computed in UTC, where all days have the same length.
const toUtc = (day: Day) => Date.parse(`${day}T00:00:00Z`);

export const daysFrom = (start: Day, day: Day): number => Math.round((toUtc(day) - toUtc(start)) / msPerDay);

export const addDays = (day: Day, days: number): Day =>
  new Date(toUtc(day) + days * msPerDay).toISOString().slice(0, 10);

/** Cached formats, because creating one is far slower than using it. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(locale: string | undefined, withYear: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${withYear}`;
  const known = dayFormats.get(key);
  if (known) return known;
  const parts = withYear ? ({ year: "numeric" } as const) : ({ weekday: "short" } as const);
  const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", ...parts });
  dayFormats.set(key, format);
  return format;
}

/** Loads the browser's locale data before the first date is shown, which takes noticeable time on a phone. */
export const prepareDays = (): void => void dayFormat(undefined, false);

/**
 * Formats a date for people: today, tomorrow, yesterday, or a date in their locale.
 * @param locale the browser's by default
 */
export function dayInWords(day: Day, start: Day = today(), locale?: string): string {
  const near = dateWords.near[daysFrom(start, day)];
  if (near !== undefined) return near;
  return dayFormat(locale, day.slice(0, 4) !== start.slice(0, 4)).format(toUtc(day));
}

/**
 * Formats a moment as date and time, in the user's time zone and locale by default.
 * @param moment in ISO 8601
 */
export function momentInWords(moment: string, locale?: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return format.format(new Date(moment));
}

/** @param moment in ISO 8601 */
export function dateInWords(moment: string, locale?: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(new Date(moment));
}
