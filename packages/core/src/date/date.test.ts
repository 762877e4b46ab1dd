import { describe, expect, it } from "vitest";
import { Day, Moment } from "./date.ts";

describe("Day", () => {
  it("accepts days from 1970 to 2200", () => {
    const days = ["0002-12-24", "0202-12-24", "1969-12-31", "1970-01-01", "2026-02-28", "2200-12-31", "2201-01-01"];
    expect(days.filter((day) => Day.safeParse(day).success)).toEqual(["1970-01-01", "2026-02-28", "2200-12-31"]);
  });

  it("rejects days that do not exist", () => {
    expect(["2026-02-29", "2026-13-01", "+002026-01-01", ""].filter((day) => Day.safeParse(day).success)).toEqual([]);
  });
});

describe("Moment", () => {
  it("accepts UTC date-times from 1970 to 2200", () => {
    const moments = [
      "0026-01-01T00:00:00Z",
      "1970-01-01T00:00:00Z",
      "2200-12-31T23:59:59.999Z",
      "2201-01-01T00:00:00Z",
    ];
    expect(moments.filter((moment) => Moment.safeParse(moment).success)).toEqual([moments[1], moments[2]]);
    expect(Moment.safeParse("2026-01-01T00:00:00+02:00").success).toBe(false);
  });
});
