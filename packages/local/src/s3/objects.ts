import type { IncomingHttpHeaders } from "node:http";
import { ServiceError } from "../iam/protocols.ts";
import type { Fauxqs } from "../s3-sqs-engine.ts";

/** Identity and description of a stored object. */
export type StoredObject = ReturnType<Fauxqs["buckets"]["putObject"]>;

const textOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(",") : value);

/**
 * Checks that a key can be stored. Objects are files named by their keys, so a few of S3's valid keys would share one
 * file or leave the folder.
 * @throws ServiceError that names the key's fault
 */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > 1024)
    throw new ServiceError(400, "KeyTooLongError", "Your key is too long", {
      Size: Buffer.byteLength(key),
      MaxSizeAllowed: 1024,
    });
  const parts = key.replace(/\/$/, "").split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || Buffer.byteLength(part) > 200))
    throw new ServiceError(
      501,
      "NotImplemented",
      "The local S3 stores objects as files. A key cannot contain an empty part, the part . or .., or a part over 200 bytes.",
    );
}

/** Returns the checksum to store with an object and to return with it. fauxqs stores three kinds. */
function keptChecksum(headers: IncomingHttpHeaders) {
  for (const algorithm of ["CRC32", "SHA1", "SHA256"] as const) {
    const value = textOf(headers[`x-amz-checksum-${algorithm.toLowerCase()}`]);
    if (value !== undefined) return { algorithm, value, type: "FULL_OBJECT" as const };
  }
  return undefined;
}

/**
 * Stores an object of any size. Content type, caching and metadata come from a request's headers or a form's fields.
 * @throws ServiceError `NoSuchBucket`, `KeyTooLongError`, `NotImplemented`
 */
export function storeObject(
  { buckets }: Fauxqs,
  {
    bucket,
    key,
    body,
    headers,
  }: {
    readonly bucket: string;
    readonly key: string;
    readonly body: Uint8Array;
    readonly headers: IncomingHttpHeaders;
  },
): StoredObject {
  checkKey(key);
  if (!buckets.hasBucket(bucket))
    throw new ServiceError(404, "NoSuchBucket", "The specified bucket does not exist", { BucketName: bucket });
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith("x-amz-meta-") ? [[name.slice("x-amz-meta-".length), textOf(value) ?? ""]] : [],
  );
  const system = {
    contentLanguage: textOf(headers["content-language"]),
    contentDisposition: headers["content-disposition"],
    cacheControl: headers["cache-control"],
    contentEncoding: headers["content-encoding"],
  };
  const given = Object.fromEntries(Object.entries(system).filter(([, value]) => value));
  return buckets.putObject(
    bucket,
    key,
    Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    headers["content-type"] ?? "binary/octet-stream",
    Object.fromEntries(metadata),
    given,
    keptChecksum(headers),
  );
}
