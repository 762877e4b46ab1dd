import type { Operation } from "@daybook/core/contract/operation";
import { type InvalidMember, Problem } from "@daybook/core/problem";
import type { HttpEvent } from "./event.ts";

/** Maximum size of a body, in bytes. */
const bodyLimit = 256 * 1024;

/**
 * Returns the JSON of a request's body.
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
 * Finds strings with a lone surrogate. UTF-8 cannot encode it, so the stored text would differ from the one that was
 * sent. Uses a stack instead of recursion, because a body may be nested thousands of levels deep.
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
      // Limits the length of pointers. Deeper ones are of no use, and together would exhaust the memory.
      left.push([pointer.length < 200 ? pointer + segmentOf(key) : pointer, member]);
    }
  }
  return invalid.slice(0, 20);
}

/** Returns a segment of a JSON pointer (RFC 6901) as well-formed Unicode. */
export const segmentOf = (key: PropertyKey): string =>
  `/${String(key).toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1")}`;
