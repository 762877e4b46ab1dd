import { blogColumns, usagesOfBlog } from "./blog-month.ts";
import { assumptions, costOf, usageOf } from "./month.ts";
import { type PriceId, prices, pricesDate } from "./prices.ts";
import type { Measured, Usage } from "./usage.ts";

const sizes = [100, 10_000, 1_000_000];
const ids = Object.keys(prices).filter((id): id is PriceId => id in prices);

const number = (value: number) =>
  value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0, useGrouping: true });
const usd = (value: number) =>
  value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: true });

/** Formats a Markdown table. Columns are as wide as their widest cell. All columns but the first are numbers. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}

const measuredRows: Readonly<Record<keyof Usage, string>> = {
  edgeRequests: "requests to CloudFront",
  edgeBytes: "bytes from CloudFront",
  keyValueReads: "reads of the key-value store",
  apiRequests: "requests to the API",
  invocations: "function invocations",
  functionMs: "their duration on the measuring machine, ms",
  serviceCalls: "calls from functions to other services",
  writeUnits: "write request units",
  readUnits: "read request units",
  mails: "mails",
  events: "published events",
  filesWritten: "files written",
  filesRead: "files read",
  invalidatedPaths: "invalidation paths",
  storedBytes: "bytes in the table",
};

function measuredTable(measured: Measured): string {
  const month = usageOf(measured);
  const members = Object.entries(measuredRows).filter((entry): entry is [keyof Usage, string] => entry[0] in month);
  return table(
    ["what", "sign-up", "day", "web files", ...blogColumns, "month of one user"],
    members.map(([member, what]) => [
      what,
      ...[measured.signUp, measured.day, measured.webFiles, ...usagesOfBlog(measured), month].map((usage) =>
        number(usage[member]),
      ),
    ]),
  );
}

function costTable(measured: Measured): string {
  const costs = sizes.map((users) => costOf(measured, users));
  const sum = (cost: Readonly<Record<PriceId, number>>) => ids.reduce((total, id) => total + cost[id], 0);
  const totals = costs.map(sum);
  return table(
    ["USD a month", ...sizes.map((users) => `${number(users)} users`)],
    [
      ...ids.map((id) => [prices[id].what, ...costs.map((cost) => usd(cost[id]))]),
      ["**all**", ...totals.map((total) => `**${usd(total)}**`)],
      ["for each user", ...totals.map((total, at) => (total / (sizes[at] ?? 1)).toFixed(4))],
    ],
  );
}

function priceTable(): string {
  return table(
    ["price", "USD", "per", "free a month", "known", "source"],
    ids.map((id) => {
      const { what, per, usd: each, free, known, source } = prices[id];
      const amount = each * Number(/^[\d,]+$/.test(per) ? per.replaceAll(",", "") : 1);
      return [what, String(Number(amount.toPrecision(6))), per, number(free), known, source];
    }),
  );
}

/** Returns the text between the markers of docs/cost.md. */
export function report(measured: Measured): string {
  return [
    "## A month",
    costTable(measured),
    `## What was measured, on ${measured.date}`,
    measuredTable(measured),
    "## What is assumed",
    table(
      ["assumption", "value"],
      Object.entries(assumptions).map(([name, value]) => [`\`${name}\``, String(value)]),
    ),
    `## Prices, as of ${pricesDate}`,
    priceTable(),
  ].join("\n\n");
}

/**
 * Returns the document with a new report between its markers.
 * @throws if it has no markers
 */
export function withReport(document: string, text: string): string {
  const [start, end] = ["<!-- npm run cost -->", "<!-- end -->"];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document has no section ${start} … ${end}`);
  return `${document.slice(0, from + start.length)}\n\n${text}\n\n${document.slice(to)}`;
}
