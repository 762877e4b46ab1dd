import type { Operation } from "@daybook/core/contract/operation";
import { type InvalidMember, Problem } from "@daybook/core/problem";
import type { HttpEvent } from "./event.ts";

/** in bytes */
const bodyLimit = 256 * 1024;

/**
 * The JSON in a request's body.
 *
 * @throws validation-failed, media-type-unsupported, body-too-large
 */
export function readJson({ method }: Operation, { body, headers, isBase64Encoded }: HttpEvent): unknown {
  if (body === undefined || body === "")
    throw new Problem("validation-failed", { errors: [{ pointer: "", detail: "A JSON body is missing" }] });
  const accepted = ["application/json", ...(method === "PATCH" ? ["application/merge-patch+json"] : [])];
  const mediaType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (!accepted.includes(mediaType) || encoding !== "identity")
    throw new Problem("media-type-unsupported", { detail: `Send ${accepted.join(" or ")}.` });
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.byteLength > bodyLimit)
    throw new Problem("body-too-large", { detail: `A request body can have up to ${bodyLimit} bytes.` });
  const value = parsed(bytes.toString("utf8"));
  const invalid = illFormed(value);
  if (invalid.length > 0) throw new Problem("validation-failed", { errors: invalid });
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem("validation-failed", { errors: [{ pointer: "", detail: "The body is not JSON" }], cause });
  }
}

/**
 * The strings that hold half of a surrogate pair: UTF-8 has no bytes for it, so what is stored would not be what was sent. A list
 * of what is left to look at takes the place of recursion, for a body may be nested thousands deep.
 */
function illFormed(body: unknown): InvalidMember[] {
  const invalid: InvalidMember[] = [];
  const left: [pointer: string, value: unknown][] = [["", body]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [pointer, value] = next;
    if (typeof value === "string" && !value.isWellFormed()) {
      invalid.push({ pointer, detail: "Not Unicode: half of a surrogate pair" });
    }
    if (typeof value !== "object" || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      // A pointer that goes that deep helps nobody, and all of them together would fill the memory.
      left.push([pointer.length < 200 ? pointer + segmentOf(key) : pointer, member]);
    }
  }
  return invalid.slice(0, 20);
}

/** A step of a JSON pointer (RFC 6901), in Unicode that any reader of the answer takes. */
export const segmentOf = (key: PropertyKey): string =>
  `/${String(key).toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1")}`;
