import { isObject, type JsonObject, object, text } from "../../json.ts";
import type { Log } from "../../service-types.ts";
import type { LogLevel } from "../runtime/messages.ts";
import { readableTrace } from "./readable-trace.ts";

/** Fields that every structured line repeats and that the log line already shows. */
const noise = new Set([
  "_aws",
  "cold_start",
  "function_arn",
  "function_memory_size",
  "function_name",
  "function_request_id",
  "level",
  "message",
  "sampling_rate",
  "service",
  "timestamp",
  "xray_trace_id",
]);

const levels: Readonly<Record<string, LogLevel>> = { WARN: "warn", ERROR: "error", CRITICAL: "error", FATAL: "error" };

function parse(line: string): JsonObject | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Formats an error of a structured logger: name, message and stack, followed by its causes. */
function describeError(error: JsonObject): string {
  const stack = text(error.stack);
  const own = stack ?? `${text(error.name) ?? "Error"}: ${text(error.message) ?? ""}`;
  return isObject(error.cause) ? `${own}\ncaused by ${describeError(error.cause)}` : own;
}

const show = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** Formats a structured line: the message, then the remaining fields. */
function summarise(entry: JsonObject, requestId: string | undefined): string {
  const fields = Object.entries(entry)
    .filter(([key, value]) => !noise.has(key) && key !== "error" && value !== null && value !== requestId)
    .map(([key, value]) => `${key}=${show(value)}`);
  const metrics = isObject(entry._aws) ? ["metrics"] : [];
  const cold = entry.cold_start === true ? ["(cold start)"] : [];
  const line = [...metrics, ...(entry.message === undefined ? [] : [show(entry.message)]), ...fields, ...cold].join(
    " ",
  );
  return isObject(entry.error) ? `${line}\n${describeError(entry.error)}` : line;
}

/** Writes a function's output to the log. Structured lines are shown in a readable form. */
export function writeOutput(log: Log, source: string, level: LogLevel, output: string, requestId?: string): void {
  const whole = parse(output);
  // A structured line contains line breaks only inside its strings, so it is one entry.
  for (const line of whole ? [output] : output.split(/\n(?=\{)/)) {
    const entry = whole ?? parse(line);
    const own = levels[text(object(entry).level)?.toUpperCase() ?? ""] ?? (entry ? "info" : level);
    log[own](
      source,
      readableTrace(entry ? summarise(entry, requestId) : line),
      text(object(entry).function_request_id) ?? requestId,
    );
  }
}
