import type { Graph } from "./graph.ts";

const lineWidth = 120;

function print(value: unknown, indent: string, prefix: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const line = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    const short = indent.length + prefix.length + line.length <= lineWidth;
    if (short && value.every((item) => typeof item !== "object" || item === null)) return line;
    return `[\n${value.map((item) => inner + print(item, inner, "")).join(",\n")}\n${indent}]`;
  }
  const rows = Object.entries(value).map(([key, item]) => {
    const name = `${JSON.stringify(key)}: `;
    return inner + name + print(item, inner, name);
  });
  return rows.length ? `{\n${rows.join(",\n")}\n${indent}}` : "{}";
}

/** Formats the graph with one property per line, so that a diff shows only what changed. */
export function formatGraph(graph: Graph): string {
  return `${print(graph, "", "")}\n`;
}
