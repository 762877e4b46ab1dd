import type { IncomingHttpHeaders } from "node:http";
import type { Need } from "../iam/evaluate.ts";
import type { Context } from "../iam/patterns.ts";
import { ServiceError } from "../iam/protocols.ts";
import type { S3Request } from "./request.ts";
import { textsOf } from "./xml.ts";

const bucketArn = (bucket: string) => `arn:aws:s3:::${bucket}`;
const objectArn = (bucket: string, key: string) => `${bucketArn(bucket)}/${key}`;

/**
 * Unsupported features of S3 that a query parameter selects. Without this list, such a request would read or write the
 * object.
 */
const unsupported = [
  ...[
    "acl",
    "tagging",
    "versioning",
    "versions",
    "cors",
    "policy",
    "website",
    "notification",
    "encryption",
    "replication",
  ],
  ...[
    "logging",
    "object-lock",
    "legal-hold",
    "retention",
    "torrent",
    "restore",
    "select",
    "publicAccessBlock",
    "versionId",
  ],
  ...["ownershipControls", "accelerate", "requestPayment", "inventory", "metrics", "analytics", "intelligent-tiering"],
];

const unsupportedHeader =
  /^x-amz-(tagging|object-lock-|server-side-encryption-customer-|copy-source-if-|grant-|website-)/;

/** @throws ServiceError that names the unsupported feature */
export function refuseUnsupported({ query, method }: S3Request, headers: IncomingHttpHeaders): void {
  const listing = query.has("uploads") && method === "GET" ? "uploads" : undefined;
  const parameter = unsupported.find((name) => query.has(name)) ?? listing;
  const acl = headers["x-amz-acl"];
  const open = acl !== undefined && acl !== "private" && acl !== "bucket-owner-full-control";
  const header = Object.keys(headers).find((name) => unsupportedHeader.test(name) || (open && name === "x-amz-acl"));
  if (parameter === undefined && header === undefined) return;
  const what = parameter === undefined ? `the header ${header}` : `?${parameter}`;
  throw new ServiceError(501, "NotImplemented", `The local S3 does not support ${what}.`);
}

const listContext = (query: URLSearchParams): Context => ({
  "s3:prefix": query.get("prefix") ?? undefined,
  "s3:delimiter": query.get("delimiter") ?? undefined,
  "s3:max-keys": query.get("max-keys") ?? undefined,
});

function bucketNeeds({ method, query }: S3Request, bucket: string, body: Uint8Array): Need[] {
  const need = (action: string, context?: Context): Need => ({
    action: `s3:${action}`,
    resource: bucketArn(bucket),
    ...(context && { context }),
  });
  if (query.has("lifecycle"))
    return [need(method === "GET" ? "GetLifecycleConfiguration" : "PutLifecycleConfiguration")];
  if (query.has("location")) return [need("GetBucketLocation")];
  if (method === "POST")
    return textsOf(body, "Key").map((key) => ({ action: "s3:DeleteObject", resource: objectArn(bucket, key) }));
  if (method === "PUT") return [need("CreateBucket")];
  if (method === "DELETE") return [need("DeleteBucket")];
  return [need("ListBucket", listContext(query))];
}

/** Returns the permission to read the source of a copy, from its header `x-amz-copy-source`. */
function copySource(headers: IncomingHttpHeaders): Need[] {
  const source = headers["x-amz-copy-source"];
  if (typeof source !== "string") return [];
  const [bucket = "", ...key] = decodeURIComponent(source).replace(/^\//, "").split("/");
  return [{ action: "s3:GetObject", resource: objectArn(bucket, key.join("/")) }];
}

function objectNeeds({ method, query }: S3Request, resource: string, headers: IncomingHttpHeaders): Need[] {
  if (method === "GET" && query.has("uploadId")) return [{ action: "s3:ListMultipartUploadParts", resource }];
  if (method === "GET" && query.has("attributes"))
    return ["s3:GetObject", "s3:GetObjectAttributes"].map((action) => ({ action, resource }));
  if (method === "GET" || method === "HEAD") return [{ action: "s3:GetObject", resource }];
  if (method === "DELETE")
    return [{ action: query.has("uploadId") ? "s3:AbortMultipartUpload" : "s3:DeleteObject", resource }];
  const context: Context = {
    "s3:x-amz-acl": headerText(headers, "x-amz-acl"),
    "s3:x-amz-server-side-encryption": headerText(headers, "x-amz-server-side-encryption"),
    "s3:x-amz-storage-class": headerText(headers, "x-amz-storage-class"),
  };
  const acl = headers["x-amz-acl"] === undefined ? [] : [{ action: "s3:PutObjectAcl", resource }];
  return [{ action: "s3:PutObject", resource, context }, ...acl, ...copySource(headers)];
}

const headerText = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(",") : value;
};

/** Returns the permissions that a request to S3 needs. */
export function s3Needs(request: S3Request, headers: IncomingHttpHeaders, body: Uint8Array): Need[] {
  const { bucket, key } = request;
  if (bucket === undefined) return [{ action: "s3:ListAllMyBuckets", resource: "*" }];
  if (key === undefined) return bucketNeeds(request, bucket, body);
  return objectNeeds(request, objectArn(bucket, key), headers);
}

/** Returns the permission that the signer of an upload by form needs. */
export const uploadNeed = (bucket: string, key: string): Need => ({
  action: "s3:PutObject",
  resource: objectArn(bucket, key),
});

/**
 * Returns the permission that decides between 404 and 403: AWS answers 403 for a missing object if the caller may not
 * list the bucket.
 */
export const listNeed = (bucket: string): Need => ({ action: "s3:ListBucket", resource: bucketArn(bucket) });
