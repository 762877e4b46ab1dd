import { describe, expect, it } from "vitest";
import { addDays, dayInWords, daysFrom, momentInWords, today } from "./dates.ts";

describe("dayInWords", () => {
  it.each([
    ["2026-11-21", "Today"],
    ["2026-11-22", "Tomorrow"],
    ["2026-11-20", "Yesterday"],
    ["2026-11-27", "Fri 27 Nov"],
    ["2027-01-02", "2 Jan 2027"],
  ])("formats %s as %s on 21 November 2026", (day, words) => {
    expect(dayInWords(day, "2026-11-21", "en-GB").replace(",", "")).toBe(words);
  });

  it("uses the given locale", () => {
    expect(dayInWords("2026-11-27", "2026-11-21", "de")).toBe("Fr., 27. Nov.");
  });
});

describe("date arithmetic", () => {
  it("uses the local calendar for today, not UTC", () => {
    expect(today(new Date(2026, 10, 21, 0, 5))).toBe("2026-11-21");
    expect(today(new Date(2026, 10, 21, 23, 55))).toBe("2026-11-21");
  });

  it("crosses month ends, year ends and daylight saving changes", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(daysFrom("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysFrom("2026-11-21", "2026-11-14")).toBe(-7);
  });
});

it("formats a moment in the given time zone", () => {
  expect(momentInWords("2026-11-21T23:30:00Z", "en-GB", "Asia/Tokyo")).toBe("22 Nov 2026, 08:30");
});
