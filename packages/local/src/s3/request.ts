import type { SignedRequest } from "../iam/sigv4.ts";

/** Bucket, key and query of an S3 request. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string | undefined;
  /** Decoded key. */
  readonly key: string | undefined;
  readonly query: URLSearchParams;
  /** Path and query in path style: `/bucket/key?list-type=2`. */
  readonly url: string;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Returns the bucket in a virtual host such as `media.localhost` or `media.s3.eu-west-1.amazonaws.com`, or undefined
 * for path style.
 */
function hostBucket(host: string | undefined): string | undefined {
  const name = (host ?? "").replace(/:\d+$/, "");
  if (/^[\d.]+$/.test(name)) return undefined;
  return /^(.+?)(?:\.s3[.-].*|\.localhost)$/.exec(name)?.[1];
}

/** Reads bucket and key of a request in path style or virtual-host style. */
export function s3RequestOf({ method, path, query, headers }: SignedRequest): S3Request {
  const virtual = hostBucket(headers.host);
  const full = virtual === undefined ? path : `/${virtual}${path}`;
  const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(full) ?? [];
  return {
    method,
    bucket: decode(bucket) || undefined,
    key: decode(key) || undefined,
    query: new URLSearchParams(query),
    url: query ? `${full}?${query}` : full,
  };
}
