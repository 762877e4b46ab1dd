import type { OutgoingHttpHeaders } from "node:http";

/** Headers of a request that ask for an answer only under a condition, or for a part of it. */
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

/** First and last byte. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** The one range that is asked for, or `undefined` where the whole is the answer; `unsatisfiable` where no byte is meant. */
export function rangeOf(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first > last || first >= size ? "unsatisfiable" : { first, last };
}

const opaque = (etag: string) => etag.replace(/^W\//, "");

/** Whether the asker has this answer already: entity tags, compared weakly, decide and, only where none is sent, times. */
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
