const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Lists the differences of two graphs as `path: before → after`. */
export function differences(before: unknown, after: unknown, at = ""): string[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(before[key], after[key], at ? `${at} ${key}` : key));
  }
  const word = (value: unknown) => (isRecord(value) ? "something" : (JSON.stringify(value) ?? "nothing"));
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [`${at}: ${word(before)} → ${word(after)}`];
}
