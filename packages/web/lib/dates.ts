import { dateWords } from "../copy/dates.ts";

/** A day of a calendar without a time or a zone, as `2026-11-27`. */
export type Day = string;

const msPerDay = 86_400_000;
const pad = (number: number, digits = 2) => String(number).padStart(digits, "0");

/** The day that it is for the person: by the calendar of their own zone. */
export function today(now = new Date()): Day {
  return `${pad(now.getFullYear(), 4)}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

// A day is counted as if it were one of UTC, whose days are all equally long.
const toUtc = (day: Day) => Date.parse(`${day}T00:00:00Z`);

export const daysFrom = (start: Day, day: Day): number => Math.round((toUtc(day) - toUtc(start)) / msPerDay);

export const addDays = (day: Day, days: number): Day =>
  new Date(toUtc(day) + days * msPerDay).toISOString().slice(0, 10);

/** Formats of days, which are kept: to make one takes far longer than to use it. */
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

/** Has the browser fetch what it knows of the person's locale, a long moment on a phone, before a first date is shown. */
export const prepareDays = (): void => void dayFormat(undefined, false);

/**
 * A day as a person says it: today, tomorrow, yesterday, or a date in the form of their locale.
 * @param locale the browser's own if it is not given
 */
export function dayInWords(day: Day, start: Day = today(), locale?: string): string {
  const near = dateWords.near[daysFrom(start, day)];
  if (near !== undefined) return near;
  return dayFormat(locale, day.slice(0, 4) !== start.slice(0, 4)).format(toUtc(day));
}

/**
 * A moment as date and time, in the person's own zone and the form of their locale.
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
