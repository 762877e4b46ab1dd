import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ScheduleExpressionError } from "./cron.ts";
import { parseExpression } from "./expression.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
/** Returns the next due times after a moment. */
function times(expression: string, after: string, zone = "UTC", count = 1): string[] {
  const timing = parseExpression(expression, zone, utc("2026-01-01T00:00:00"));
  const found: string[] = [];
  for (let moment = timing.next(utc(after)); moment !== undefined && found.length < count; moment = timing.next(moment))
    found.push(new Date(moment).toISOString().slice(0, 16));
  return found;
}

describe("cron(…)", () => {
  it.each([
    ["cron(0 9 * * ? *)", "2026-03-10T09:00:00", "2026-03-11T09:00"],
    ["cron(*/15 * * * ? *)", "2026-03-10T09:01:00", "2026-03-10T09:15"],
    ["cron(5/20 * * * ? *)", "2026-03-10T09:26:00", "2026-03-10T09:45"],
    ["cron(0,30 8-10 * * ? *)", "2026-03-10T10:30:00", "2026-03-11T08:00"],
    ["cron(0 8 ? * MON-FRI *)", "2026-03-13T08:00:00", "2026-03-16T08:00"],
    ["cron(0 8 ? * 2 *)", "2026-03-10T00:00:00", "2026-03-16T08:00"],
    ["cron(0 8 ? * FRI-MON *)", "2026-03-16T08:00:00", "2026-03-20T08:00"],
    ["cron(0 8 ? * FRI-MON/2 *)", "2026-03-13T08:00:00", "2026-03-15T08:00"],
    ["cron(0 0 1 JAN,jul ? *)", "2026-03-10T00:00:00", "2026-07-01T00:00"],
    ["cron(0 0 31 * ? *)", "2026-03-31T00:00:00", "2026-05-31T00:00"],
    ["cron(0 0 29 2 ? *)", "2026-03-01T00:00:00", "2028-02-29T00:00"],
    ["cron(0 0 L * ? *)", "2026-02-01T00:00:00", "2026-02-28T00:00"],
    ["cron(0 0 15W * ? *)", "2026-02-01T00:00:00", "2026-02-16T00:00"],
    ["cron(0 0 15W * ? *)", "2026-08-01T00:00:00", "2026-08-14T00:00"],
    ["cron(0 0 1W * ? *)", "2026-07-31T00:00:00", "2026-08-03T00:00"],
    ["cron(0 0 31W * ? *)", "2026-05-01T00:00:00", "2026-05-29T00:00"],
    ["cron(0 0 ? * L *)", "2026-03-10T00:00:00", "2026-03-14T00:00"],
    ["cron(0 0 ? * 6L *)", "2026-03-10T00:00:00", "2026-03-27T00:00"],
    ["cron(0 0 ? * FRIL *)", "2026-03-10T00:00:00", "2026-03-27T00:00"],
    ["cron(0 0 ? * 3#2 *)", "2026-03-11T00:00:00", "2026-04-14T00:00"],
    ["cron(0 0 ? * MON#5 *)", "2026-03-31T00:00:00", "2026-06-29T00:00"],
    ["cron(0 0 1 1 ? 2027/3)", "2027-03-10T00:00:00", "2030-01-01T00:00"],
    ["cron(0 0 1 1 ? 2028-2030)", "2026-03-10T00:00:00", "2028-01-01T00:00"],
  ])("%s after %s is due at %s", (expression, after, expected) => {
    expect(times(expression, after)).toEqual([expected]);
  });

  it("is never due after its last year, or on a day that does not exist", () => {
    expect(times("cron(0 0 1 1 ? 2025)", "2026-03-10T00:00:00")).toEqual([]);
    expect(times("cron(0 0 31 2 ? *)", "2026-03-10T00:00:00")).toEqual([]);
    expect(times("cron(0 0 1 1 ? 2027/7)", "2195-03-10T00:00:00")).toEqual([]);
  });

  it("follows the clocks of its time zone: skipped times are skipped, repeated times are due once", () => {
    const berlin = (expression: string, after: string, count: number) =>
      times(expression, after, "Europe/Berlin", count);
    expect(berlin("cron(0 9 * * ? *)", "2026-03-28T00:00:00", 2)).toEqual(["2026-03-28T08:00", "2026-03-29T07:00"]);
    expect(berlin("cron(30 2 * * ? *)", "2026-03-28T00:00:00", 2)).toEqual(["2026-03-28T01:30", "2026-03-30T00:30"]);
    expect(berlin("cron(30 2 * * ? *)", "2026-10-24T12:00:00", 2)).toEqual(["2026-10-25T00:30", "2026-10-26T01:30"]);
  });

  it.each([
    "cron(0 9 * * *)",
    "cron(0 9 * * * *)",
    "cron(0 9 ? * ? *)",
    "cron(60 9 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 9 0 * ? *)",
    "cron(0 9 ? * 8 *)",
    "cron(0 9 ? * MON#6 *)",
    "cron(0 9 ? * XL *)",
    "cron(0 9 ? FOO MON *)",
    "cron(0 9 ? * 0 *)",
    "cron(0 9 ? * +MON *)",
    "cron(0 9 LW * ? *)",
    "cron(0 ? * * ? *)",
    "cron(60/5 9 * * ? *)",
    "cron(13-60/5 9 * * ? *)",
    "cron(/5 9 * * ? *)",
    "cron(@daily)",
    "cron(0/0 9 * * ? *)",
    "cron(10-5 9 * * ? *)",
    "cron(0 9 * * ? 1969)",
    "rate(0 minutes)",
    "rate(5 weeks)",
    "rate(1.5 hours)",
    "at(2026-13-01T00:00:00)",
    "at(2026-01-01)",
    "every 5 minutes",
  ])("refuses %s", (expression) => {
    expect(() => parseExpression(expression, "UTC", 0)).toThrow(ScheduleExpressionError);
  });

  it("refuses an unknown time zone", () => {
    expect(() => parseExpression("cron(0 9 * * ? *)", "Mars/Olympus", 0)).toThrow("there is no time zone Mars/Olympus");
  });
});

describe("rate(…)", () => {
  it.each([
    ["rate(1 minute)", "2026-03-10T09:00:30", "2026-03-10T09:01"],
    ["rate(5 minutes)", "2026-03-10T09:00:00", "2026-03-10T09:05"],
    ["rate(2 hours)", "2026-03-10T09:00:00", "2026-03-10T10:00"],
    ["rate(7 days)", "2026-01-02T00:00:00", "2026-01-08T00:00"],
  ])("%s after %s is due at %s, counted from its start", (expression, after, expected) => {
    expect(times(expression, after)).toEqual([expected]);
  });
});

describe("at(…)", () => {
  it("is due once, in its time zone", () => {
    expect(times("at(2026-07-01T09:00:00)", "2026-03-10T00:00:00", "America/New_York", 3)).toEqual([
      "2026-07-01T13:00",
    ]);
    expect(times("at(2026-03-01T09:00:00)", "2026-03-10T00:00:00")).toEqual([]);
  });
});

describe("any schedule", () => {
  const minute = 60_000;
  const moment = fc.integer({ min: utc("2026-01-01T00:00:00") / minute, max: utc("2032-12-31T00:00:00") / minute });
  const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");
  const list = (least: number, most: number) =>
    fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 });

  it("is due at the first matching minute after now, as a check of every minute confirms", () => {
    const formats = new Map<string, Intl.DateTimeFormat>();
    const shown = (at: number, timeZone: string) => {
      const format =
        formats.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
      formats.set(timeZone, format);
      return format.format(at);
    };
    fc.assert(
      fc.property(moment, zones, list(0, 59), list(0, 23), (now, zone, minutes, hours) => {
        const wanted = new Set(
          hours.flatMap((hour) => minutes.map((each) => [hour, each].map((n) => String(n).padStart(2, "0")).join(":"))),
        );
        const timing = parseExpression(`cron(${minutes} ${hours} * * ? *)`, zone, 0);
        const next = timing.next(now * minute) ?? 0;
        expect(next).toBeGreaterThan(now * minute);
        expect(wanted).toContain(shown(next, zone));
        // When clocks are put back, they show a time again, and the second one does not count. An hour's margin covers
        // it.
        for (let at = (now + 1) * minute; at < next; at += minute) {
          if (!wanted.has(shown(at, zone))) continue;
          expect([shown(at - 60 * minute, zone), shown(at - 30 * minute, zone)]).toContain(shown(at, zone));
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it("always advances", () => {
    const expressions = fc.constantFrom(
      "rate(7 minutes)",
      "cron(0/7 * * * ? *)",
      "cron(30 1-3 * * ? *)",
      "cron(0 12 ? * SUN#1 *)",
      "cron(0 0 L * ? *)",
      "cron(15 10 10W * ? *)",
    );
    fc.assert(
      fc.property(expressions, zones, moment, (expression, zone, now) => {
        const timing = parseExpression(expression, zone, utc("2026-01-01T00:00:00"));
        const next = timing.next(now * minute) ?? 0;
        expect(next).toBeGreaterThan(now * minute);
        expect(timing.next(next - 1)).toBe(next);
        expect(next % minute).toBe(0);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
