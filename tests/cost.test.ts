import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { costOf, unitsOf } from "../bench/cost/month.ts";
import { prices } from "../bench/cost/prices.ts";
import { report, withReport } from "../bench/cost/report.ts";
import { Measured, Usage } from "../bench/cost/usage.ts";

const root = path.resolve(import.meta.dirname, "..");
const measured = Measured.parse(JSON.parse(readFileSync(path.join(root, "bench/cost/measured.json"), "utf8")));

it("docs/cost.md matches the measurement, the assumptions and the prices (npm run cost -- --prices)", () => {
  const document = readFileSync(path.join(root, "docs/cost.md"), "utf8");
  expect(withReport(document, report(measured))).toBe(document);
});

/** What nothing in the measurement uses. */
const unused: readonly string[] = [
  // #region blog
  // #else "events", "filesWritten", "filesRead", "invalidatedPaths",
  // #endregion blog
];

it("the measurement uses everything that has a price", () => {
  const { date: _, people: __, ...parts } = measured;
  for (const member of Usage.keyof().options.filter((name) => !unused.includes(name))) {
    expect(Math.max(...Object.values(parts).map((usage) => usage[member])), member).toBeGreaterThan(0);
  }
  // #region blog
  expect(measured.reading.apiRequests, "pages are rendered once, and read from the site's cache").toBe(0);
  expect(measured.reading.invocations, "no reading finds a copy at the edge").toBe(2);
  expect(measured.post.invalidatedPaths + measured.comment.invalidatedPaths, "changes invalidate nothing").toBe(0);
  // #endregion blog
  expect(measured.webFiles.edgeBytes).toBeGreaterThan(50_000);
});

it("has a price and its source for each unit, and units for each price", () => {
  for (const [id, price] of Object.entries(prices)) {
    expect(price.usd, id).toBeGreaterThan(0);
    expect(price.source, id).toMatch(/^https:\/\//);
  }
  const units = unitsOf(measured, 1_000_000);
  expect(Object.keys(units)).toEqual(Object.keys(prices));
  for (const [id, count] of Object.entries(units)) if (!unused.includes(id)) expect(count, id).toBeGreaterThan(0);
});

it("charges nothing within the free tiers, and only the usage above them", () => {
  const few = costOf(measured, 100);
  expect(few.activeUsers).toBe(0);
  expect(few.gigabyteSeconds).toBe(0);
  expect(costOf(measured, 1_000_000).activeUsers).toBeCloseTo(990_000 * 0.015);
});
