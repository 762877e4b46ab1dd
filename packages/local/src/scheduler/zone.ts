import { isDeepStrictEqual } from "node:util";

/** A moment as a clock on a wall shows it. Months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** A time zone: what its clocks show, and when. */
export interface Zone {
  wallTimeOf(at: number): WallTime;
  /** The first moment when its clocks show this, in milliseconds; undefined when they never do, for they were put forward. */
  momentOf(wall: WallTime): number | undefined;
}

const utcOf = ({ year, month, day, hour, minute, second }: WallTime) =>
  Date.UTC(year, month - 1, day, hour, minute, second);

const dayMs = 24 * 60 * 60 * 1000;

/**
 * @param name as IANA has it: `Europe/Berlin`
 * @throws RangeError for a zone that nobody knows
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

  /** Milliseconds by which its clocks are ahead of UTC. */
  const aheadAt = (at: number) => utcOf(wallTimeOf(at)) - Math.floor(at / 1000) * 1000;

  return {
    wallTimeOf,
    momentOf(wall) {
      const shown = utcOf(wall);
      // Clocks are put forward or back at most once within these two days.
      const candidates = [aheadAt(shown - dayMs), aheadAt(shown + dayMs)].map((ahead) => shown - ahead);
      // A month or a day that there is not would be counted on into the next.
      const fitting = candidates.filter((at) => isDeepStrictEqual(wallTimeOf(at), { ...wall }));
      return fitting.length > 0 ? Math.min(...fitting) : undefined;
    },
  };
}
