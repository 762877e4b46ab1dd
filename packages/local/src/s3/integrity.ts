import type { IncomingHttpHeaders } from "node:http";
import { ServiceError } from "../iam/protocols.ts";
import { checksums } from "./checksums.ts";

/**
 * Verifies a body against every checksum in its headers and trailers.
 * @returns the checksum as a response header
 * @throws ServiceError `BadDigest`
 */
export function checkIntegrity(headers: IncomingHttpHeaders, body: Uint8Array): Record<string, string> {
  const answered: Record<string, string> = {};
  for (const [header, { name, digest }] of Object.entries(checksums)) {
    const claimed = headers[header];
    if (typeof claimed !== "string") continue;
    if (claimed !== digest(body))
      throw new ServiceError(
        400,
        "BadDigest",
        name === "Content-MD5"
          ? "The Content-MD5 you specified did not match what we received."
          : `The ${name} you specified did not match the calculated checksum.`,
      );
    if (header !== "content-md5") answered[header] = claimed;
  }
  return answered;
}

const matchesTag = (condition: string, etag: string | undefined): boolean =>
  etag !== undefined &&
  (condition === "*" || condition.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag));

const preconditionFailed = (condition: string) =>
  new ServiceError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
    Condition: condition,
  });

/**
 * Compares `If-Match` and `If-None-Match` with an object's ETag.
 * @param etag undefined if the object does not exist
 * @returns whether a read returns 304
 * @throws ServiceError `PreconditionFailed`; `NoSuchKey` for `If-Match` without an object
 */
export function checkConditions(
  headers: IncomingHttpHeaders,
  etag: string | undefined,
  method: string,
): "not-modified" | "go-on" {
  const ifMatch = headers["if-match"];
  const ifNoneMatch = headers["if-none-match"];
  if (ifMatch !== undefined && !matchesTag(ifMatch, etag)) {
    if (etag === undefined) throw new ServiceError(404, "NoSuchKey", "The specified key does not exist.");
    throw preconditionFailed("If-Match");
  }
  if (ifNoneMatch !== undefined && matchesTag(ifNoneMatch, etag)) {
    if (method === "GET" || method === "HEAD") return "not-modified";
    throw preconditionFailed("If-None-Match");
  }
  return "go-on";
}
