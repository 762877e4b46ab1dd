/** What says nothing about people, and where and how something failed. */
const telling = new Set(["requestContext", "responseContext", "DDBStreamBatchInfo", "version", "timestamp", "type"]);

/** A value with its texts hidden: what a message is made of may be seen in a terminal, what people wrote may not. */
function redact(value: unknown): unknown {
  if (typeof value === "string") return `… (${value.length} characters)`;
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, telling.has(name) ? inner : redact(inner)]),
  );
}

/** A message's body for a terminal; one that is no JSON is only measured. */
export function sampleOf(body: string): string {
  try {
    return JSON.stringify(redact(JSON.parse(body)), null, 2);
  } catch {
    return `${body.length} characters, no JSON`;
  }
}
