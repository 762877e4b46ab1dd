import { isDeepStrictEqual } from "node:util";

/** Local time in a time zone. Months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Converts between moments and the local times of a time zone. */
export interface Zone {
  wallTimeOf(at: number): WallTime;
  /**
   * Returns the first moment with this local time, in milliseconds. Returns undefined if the clocks skip it. Example in
   * Europe/Berlin: 02:30 on 29 March 2026 is undefined. 02:30 on 25 October 2026 occurs twice, and the first is
   * returned.
   */
  momentOf(wall: WallTime): number | undefined;
}

const utcOf = ({ year, month, day, hour, minute, second }: WallTime) =>
  Date.UTC(year, month - 1, day, hour, minute, second);

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

  function wallTimeOf(at: number): WallTime {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return {
      year: part("year"),
      month: part("month"),
      day: part("day"),
      hour: part("hour"),
      minute: part("minute"),
      second: part("second"),
    };
  }

  /** Returns the offset from UTC in milliseconds, positive if the clocks are ahead. */
  const aheadAt = (at: number) => utcOf(wallTimeOf(at)) - Math.floor(at / 1000) * 1000;

  return {
    wallTimeOf,
    momentOf(wall) {
      const shown = utcOf(wall);
      // Clocks change at most once within these two days.
      const candidates = [aheadAt(shown - dayMs), aheadAt(shown + dayMs)].map((ahead) => shown - ahead);
      // Rejects skipped times and invalid dates. `Date.UTC` would convert 31 April to 1 May.
      const fitting = candidates.filter((at) => isDeepStrictEqual(wallTimeOf(at), { ...wall }));
      return fitting.length > 0 ? Math.min(...fitting) : undefined;
    },
  };
}
