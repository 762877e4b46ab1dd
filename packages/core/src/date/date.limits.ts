/** The first and the last day that the API accepts, inclusive. Anything outside is a typing mistake, such as the year 20 for 2026. */
export const firstDay = "1970-01-01";
export const lastDay = "2200-12-31";

/** @param date an ISO 8601 day or UTC date-time; only its first ten characters count */
export function isInRange(date: string): boolean {
  const day = date.slice(0, 10);
  return firstDay <= day && day <= lastDay;
}
