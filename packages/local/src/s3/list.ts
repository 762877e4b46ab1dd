import { ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { Fauxqs } from "../s3-sqs-engine.ts";
import type { StoredObject } from "./objects.ts";
import type { S3Request } from "./request.ts";
import { element, xmlResponse } from "./xml.ts";

/** One entry of a listing: an object, or all keys with a common prefix. */
type Entry = { readonly name: string; readonly object?: StoredObject };

const inOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Yields the entries after a name, in the order of the keys' UTF-8 bytes. */
function* entriesAfter(objects: readonly StoredObject[], prefix: string, delimiter: string, after: string) {
  let group: string | undefined;
  for (const object of objects) {
    if (group !== undefined && object.key.startsWith(group)) continue;
    const at = delimiter === "" ? -1 : object.key.indexOf(delimiter, prefix.length);
    if (at < 0) {
      if (inOrder(object.key, after) > 0) yield { name: object.key, object } satisfies Entry;
      continue;
    }
    const common = object.key.slice(0, at + delimiter.length);
    if (common === after || inOrder(object.key, after) <= 0) continue;
    group = common;
    yield { name: common } satisfies Entry;
  }
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get("max-keys") ?? 1000);
  if (!Number.isInteger(limit) || limit < 0)
    throw new ServiceError(400, "InvalidArgument", "Provided max-keys not an integer or within integer range", {
      ArgumentName: "max-keys",
      ArgumentValue: query.get("max-keys"),
    });
  return Math.min(limit, 1000);
}

const tokenOf = (name: string) => Buffer.from(`after:${name}`).toString("base64");

function nameOf(token: string): string {
  const text = Buffer.from(token, "base64").toString();
  if (!text.startsWith("after:"))
    throw new ServiceError(400, "InvalidArgument", "The continuation token provided is incorrect", {
      ArgumentName: "continuation-token",
    });
  return text.slice("after:".length);
}

/**
 * Implements ListObjects and ListObjectsV2.
 * @throws ServiceError `NoSuchBucket`, `InvalidArgument`
 */
export function listObjects({ buckets }: Fauxqs, { bucket = "", query }: S3Request): ServiceResponse {
  if (!buckets.hasBucket(bucket))
    throw new ServiceError(404, "NoSuchBucket", "The specified bucket does not exist", { BucketName: bucket });
  const second = query.get("list-type") === "2";
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const limit = limitOf(query);
  const token = second ? query.get("continuation-token") : null;
  const start = (second ? query.get("start-after") : query.get("marker")) ?? "";
  const { objects } = buckets.listObjects(bucket, { prefix, maxKeys: Number.POSITIVE_INFINITY });
  objects.sort((a, b) => inOrder(a.key, b.key));
  const entries: Entry[] = [];
  let truncated = false;
  for (const entry of entriesAfter(objects, prefix, delimiter, token === null ? start : nameOf(token))) {
    truncated = entries.length === limit && limit > 0;
    if (entries.length === limit) break;
    entries.push(entry);
  }
  const url = query.get("encoding-type") === "url";
  const encoded = (text: string) => (url ? encodeURIComponent(text).replaceAll("%2F", "/") : text);
  const last = truncated ? entries.at(-1)?.name : undefined;
  const content = entries.map(({ name, object }) =>
    object === undefined
      ? `<CommonPrefixes>${element("Prefix", encoded(name))}</CommonPrefixes>`
      : `<Contents>${element("Key", encoded(name))}${element("LastModified", object.lastModified.toISOString())}${element("ETag", object.etag)}${element("Size", object.contentLength)}<StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const versioned = second
    ? [
        element("KeyCount", entries.length),
        element("StartAfter", start === "" ? undefined : encoded(start)),
        element("ContinuationToken", token ?? undefined),
        element("NextContinuationToken", last === undefined ? undefined : tokenOf(last)),
      ]
    : [
        element("Marker", encoded(start)),
        element("NextMarker", last === undefined || delimiter === "" ? undefined : encoded(last)),
      ];
  return xmlResponse(
    "ListBucketResult",
    [
      element("Name", bucket),
      element("Prefix", encoded(prefix)),
      element("Delimiter", delimiter === "" ? undefined : encoded(delimiter)),
      element("MaxKeys", limit),
      element("EncodingType", url ? "url" : undefined),
      element("IsTruncated", truncated),
      ...versioned,
      ...content,
    ].join(""),
  );
}
