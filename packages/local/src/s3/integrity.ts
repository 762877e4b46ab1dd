import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";
import { ServiceError } from "../iam/protocols.ts";

/** The checksums that a request may carry and Node can compute, base64 of the digest. */
const checksums: Readonly<Record<string, (body: Uint8Array) => string>> = {
  "content-md5": (body) => hash("md5", body, "base64"),
  "x-amz-checksum-sha1": (body) => hash("sha1", body, "base64"),
  "x-amz-checksum-sha256": (body) => hash("sha256", body, "base64"),
  "x-amz-checksum-crc32": (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString("base64");
  },
};

/** A chunked body carries its checksum in a trailer; only whole bodies are checked. @throws ServiceError `BadDigest` */
export function checkIntegrity(headers: IncomingHttpHeaders, body: Uint8Array): void {
  if (String(headers["content-encoding"] ?? "").includes("aws-chunked")) return;
  for (const [name, compute] of Object.entries(checksums)) {
    const claimed = headers[name];
    if (typeof claimed === "string" && claimed !== compute(body))
      throw new ServiceError(400, "BadDigest", `The ${name} you specified did not match the calculated checksum.`);
  }
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
 * @param etag undefined when there is no object
 * @returns whether a read answers 304
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
