/**
 * Converts between moments and the local times of a time zone. Both are in milliseconds. A local time is the moment at
 * which the clocks of UTC show it.
 */
export interface Zone {
  /** Returns the local time at a moment, to the second. */
  shownAt(at: number): number;
  /**
   * Returns the first moment with this local time. Returns undefined if the clocks skip it. Example in Europe/Berlin:
   * 02:30 on 29 March 2026 is undefined. 02:30 on 25 October 2026 occurs twice, and the first is returned.
   */
  momentOf(shown: number): number | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * @param name IANA name: `Europe/Berlin`
 * @throws RangeError for an unknown time zone
 */
export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });

  function shownAt(at: number): number {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  }

  return {
    shownAt,
    momentOf(shown) {
      // Clocks change at most once within these two days.
      const candidates = [shown - dayMs, shown + dayMs].map((at) => shown - (shownAt(at) - at));
      const fitting = candidates.filter((at) => shownAt(at) === shown);
      return fitting.length > 0 ? Math.min(...fitting) : undefined;
    },
  };
}
