import type { OutgoingHttpHeaders } from "node:http";

/** Request headers that make a response conditional or partial. */
const conditional: ReadonlySet<string> = new Set([
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
]);

export function unconditional(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !conditional.has(name)));
}

/** First and last byte of a range, both inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Parses a `Range` header. Returns `undefined` if the whole body is the response, which includes multiple ranges, and
 * `unsatisfiable` if the range contains no byte of the body.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first > last || first >= size ? "unsatisfiable" : { first, last };
}

const opaque = (etag: string) => etag.replace(/^W\//, "");

/**
 * Whether the client already has this response. Compares entity tags weakly. Compares times only if the client sent no
 * tag.
 */
export function isUnchanged(
  asked: Readonly<Record<string, string | undefined>>,
  { etag, "last-modified": modified }: OutgoingHttpHeaders,
): boolean {
  const known = asked["if-none-match"];
  if (known !== undefined) {
    if (etag === undefined) return false;
    return known.trim() === "*" || known.split(",").some((each) => opaque(each.trim()) === opaque(String(etag)));
  }
  const since = Date.parse(asked["if-modified-since"] ?? "");
  return Date.parse(String(modified)) <= since;
}
