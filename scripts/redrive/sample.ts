/** Fields without personal data that say where and how something failed. */
const telling = new Set(["requestContext", "responseContext", "DDBStreamBatchInfo", "version", "timestamp", "type"]);

/** Redacts the texts in a value. The structure of a message may appear in a terminal, but users' texts may not. */
function redact(value: unknown): unknown {
  if (typeof value === "string") return `… (${value.length} characters)`;
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, telling.has(name) ? inner : redact(inner)]),
  );
}

/** Formats a message's body for a terminal. If it is not JSON, shows only its length. */
export function sampleOf(body: string): string {
  try {
    return JSON.stringify(redact(JSON.parse(body)), null, 2);
  } catch {
    return `${body.length} characters, not JSON`;
  }
}
