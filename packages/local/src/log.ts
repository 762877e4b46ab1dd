import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import type { Writable } from "node:stream";
import pc from "picocolors";
import type { Log } from "./service-types.ts";

type Level = "info" | "warn" | "error";
const paint: Record<Level, (text: string) => string> = { info: (text) => text, warn: pc.yellow, error: pc.red };
const hues = [pc.cyan, pc.green, pc.magenta, pc.blue];

/** Returns a color for a source. The color is the same in every run. */
function hueOf(source: string) {
  const sum = [...source].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return hues[sum % hues.length] ?? pc.cyan;
}

/**
 * Writes one line per call: time, source, message and the request id. `grep` for a request id finds all lines of that
 * request.
 * @param file receives the same lines without color; it is overwritten in each run
 */
export function createLog({
  console: out,
  file,
}: {
  console?: Writable | undefined;
  file?: string | undefined;
}): Log & { close(): Promise<void> } {
  if (file) mkdirSync(path.dirname(file), { recursive: true });
  const copy = file ? createWriteStream(file) : undefined;
  const write = (level: Level) => (source: string, message: string, requestId?: string) => {
    const time = new Date().toISOString().slice(11, 23);
    const label = source.padEnd(16);
    const tail = requestId ? `  ${requestId}` : "";
    copy?.write(`${time} ${level.padEnd(5)} ${label} ${message}${tail}\n`);
    out?.write(`${pc.dim(time)} ${hueOf(source)(label)} ${paint[level](message)}${pc.dim(tail)}\n`);
  };
  return {
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    close: () => new Promise((resolve) => (copy ? copy.end(() => resolve()) : resolve())),
  };
}
