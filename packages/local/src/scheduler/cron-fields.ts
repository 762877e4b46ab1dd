/** An expression that AWS would refuse. */
export class ScheduleExpressionError extends Error {
  override readonly name = "ScheduleExpressionError";
}

/** Allowed values of a field of a cron expression. */
export interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of the values, starting with the lowest: `JAN`, `SUN`. */
  readonly names?: readonly string[];
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

export const minuteField: Field = { name: "minutes", least: 0, most: 59 };
export const hourField: Field = { name: "hours", least: 0, most: 23 };
export const dayOfMonthField: Field = { name: "day-of-month", least: 1, most: 31 };
export const monthField: Field = { name: "month", least: 1, most: 12, names: months };
export const dayOfWeekField: Field = { name: "day-of-week", least: 1, most: 7, names: days };
export const yearField: Field = { name: "year", least: 1970, most: 2199 };

/** @throws ScheduleExpressionError */
export function valueIn(field: Field, text: string): number {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named >= 0 ? named + field.least : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= field.least && value <= field.most) return value;
  throw new ScheduleExpressionError(`${text} is not a value of ${field.name}`);
}

/** One part of a list: `*`, `5`, `1-5`, `FRI-MON`, `0/15`, `10-30/5`. */
function partOf(field: Field, part: string): number[] {
  const [range = "", step, ...rest] = part.split("/");
  const by = step === undefined ? 1 : Number(step);
  if (rest.length > 0 || !Number.isInteger(by) || by < 1)
    throw new ScheduleExpressionError(`${part} is not understood in ${field.name}`);
  const [first = "", last, ...more] = range.split("-");
  if (more.length > 0) throw new ScheduleExpressionError(`${part} is not understood in ${field.name}`);
  const from = range === "*" ? field.least : valueIn(field, first);
  const open = range === "*" || (step !== undefined && last === undefined);
  const to = open ? field.most : last === undefined ? from : valueIn(field, last);
  const count = field.most - field.least + 1;
  // Ranges of weekdays wrap around: FRI-MON is FRI, SAT, SUN, MON.
  if (to < from && field !== dayOfWeekField)
    throw new ScheduleExpressionError(`${part} ends before it begins in ${field.name}`);
  const length = ((to - from + count) % count) + 1;
  return Array.from(
    { length: Math.ceil(length / by) },
    (_, i) => ((from - field.least + i * by) % count) + field.least,
  );
}

/**
 * Returns the values of a field in ascending order.
 * @throws ScheduleExpressionError
 */
export function valuesOf(field: Field, text: string): number[] {
  const values = text.split(",").flatMap((part) => partOf(field, part));
  return [...new Set(values)].sort((a, b) => a - b);
}
