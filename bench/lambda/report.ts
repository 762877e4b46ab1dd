import os from "node:os";
import type { Result } from "./compare.ts";
import type { Measurement } from "./measurement.ts";
import { median, quantile, spread } from "./statistics.ts";
import { daybook, yardstick } from "./variants.ts";

const coldLimit = 0.5;
const warmLimit = 1.15;

type Row = readonly (string | number)[];

function table(header: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(" | ")} |`;
  const rule = header.map((_, index) => (index === 0 ? "---" : "---:"));
  return [header, rule, ...rows].map(line).join("\n");
}

const total = ({ load, calls: [first] }: Measurement, time: "wallMs" | "cpuMs") => load[time] + (first?.[time] ?? 0);
const totals = (starts: readonly Measurement[], time: "wallMs" | "cpuMs") => starts.map((start) => total(start, time));
const wall = (calls: Measurement["calls"]) => calls.map(({ wallMs }) => wallMs);
const cpu = (calls: Measurement["calls"]) => calls.map(({ cpuMs }) => cpuMs);

function startTable(results: readonly Result[]): string {
  const base = results.find(({ variant }) => variant === yardstick);
  const baseMs = median(totals(base?.starts ?? [], "wallMs"));
  return table(
    ["", "load, ms", "first call, ms", "together, ms", "CPU, ms", "with 1,024 MB, ms", "ratio"],
    results.map(({ variant, starts, slowStarts }) => [
      variant,
      spread(starts.map(({ load }) => load.wallMs)),
      spread(starts.map(({ calls: [first] }) => first?.wallMs ?? 0)),
      spread(totals(starts, "wallMs")),
      spread(totals(starts, "cpuMs")),
      spread(totals(slowStarts, "wallMs")),
      (median(totals(starts, "wallMs")) / baseMs).toFixed(2),
    ]),
  );
}

function warmTable(results: readonly Result[]): string {
  const base = results.find(({ variant }) => variant === yardstick);
  const baseMs = median(wall(base?.warm ?? []));
  return table(
    ["", "p50, ms", "p99, ms", "CPU, ms", "ratio", "50 at once: p50, ms", "p99, ms", "CPU of each, ms"],
    results.map(({ variant, warm, crowded }) => [
      variant,
      spread(wall(warm), 1),
      quantile(wall(warm), 0.99).toFixed(1),
      spread(cpu(warm), 1),
      (median(wall(warm)) / baseMs).toFixed(2),
      spread(wall(crowded), 1),
      quantile(wall(crowded), 0.99).toFixed(1),
      median(cpu(crowded)).toFixed(1),
    ]),
  );
}

/** Daybook's figures in parts of the bare calls' figures. */
export interface Ratio {
  readonly scene: string;
  readonly what: "cold start" | "warm";
  readonly ratio: number;
  readonly limit: number;
}

export function ratiosOf(results: readonly Result[]): Ratio[] {
  return [...Map.groupBy(results, ({ scene }) => scene.name)].flatMap(([scene, group]) => {
    const [own, base] = [daybook, yardstick].map((name) => group.find(({ variant }) => variant === name));
    if (!own || !base) return [];
    const cold = median(totals(own.starts, "wallMs")) / median(totals(base.starts, "wallMs"));
    const warm = median(wall(own.warm)) / median(wall(base.warm));
    return [
      { scene, what: "cold start" as const, ratio: cold, limit: coldLimit },
      { scene, what: "warm" as const, ratio: warm, limit: warmLimit },
    ];
  });
}

/** Returns the measurements as Markdown. */
export function report(results: readonly Result[], date: Date): string {
  const scenes = [...Map.groupBy(results, ({ scene }) => scene.name)];
  const [starts = 0, calls = 0] = [results[0]?.starts.length, results[0]?.warm.length];
  return `## Functions

Measured by \`npm run bench\` on ${date.toISOString().slice(0, 10)}, with Node.js ${process.versions.node} on ${os.availableParallelism()} cores (${os.cpus()[0]?.model.trim()}).
Each cell is the median, and in parentheses the quarters around it. A start is a new process on one core, ${starts} times.
Warm figures are from ${calls} calls. The variants make the same calls to DynamoDB and SES that Daybook makes.

${table(
  ["", "", "ratio to bare SDK calls", "limit", ""],
  ratiosOf(results).map(({ scene, what, ratio, limit }) => [
    scene,
    what,
    ratio.toFixed(2),
    limit.toFixed(2),
    ratio <= limit ? "met" : "not met",
  ]),
)}

${scenes.map(([name, group]) => `### ${name}\n\nStart:\n\n${startTable(group)}\n\nWarm:\n\n${warmTable(group)}`).join("\n\n")}
`;
}
