/**
 * First and last day that the API accepts, inclusive. Dates outside are typing mistakes, such as the year 20 for 2026.
 */
export const firstDay = "1970-01-01";
export const lastDay = "2200-12-31";

/**
 * Returns whether a date is in this range.
 *
 * @param date an ISO 8601 day or UTC date-time. Only its first ten characters count
 */
export function isInRange(date: string): boolean {
  const day = date.slice(0, 10);
  return firstDay <= day && day <= lastDay;
}
