import { format } from "node:util";
import type { LogLevel } from "./messages.ts";

type Write = (level: LogLevel, text: string) => void;

/**
 * Sends all console output of a handler through the channel of its results. The order is kept, so each line belongs to
 * its request.
 */
export function captureOutput(write: Write): void {
  const levels = { debug: "info", error: "error", info: "info", log: "info", trace: "info", warn: "warn" } as const;
  for (const [method, level] of Object.entries(levels)) {
    Object.assign(console, { [method]: (...values: unknown[]) => write(level, format(...values)) });
  }
  capture(process.stdout, "info", write);
  capture(process.stderr, "error", write);
}

function capture(stream: NodeJS.WriteStream, level: LogLevel, write: Write): void {
  const replacement = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    write(level, (typeof chunk === "string" ? chunk : Buffer.from(chunk).toString()).trimEnd());
    const done = rest.at(-1);
    if (typeof done === "function") done();
    return true;
  };
  Object.assign(stream, { write: replacement });
}
