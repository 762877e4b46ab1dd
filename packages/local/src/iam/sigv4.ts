import { createHmac, hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Principal, Principals } from "../service-types.ts";

/** A request as received: path and query are not decoded, and the body is complete. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** Reason for refusing a signature. Each protocol maps it to an error code. */
export type RejectionReason =
  | "missing"
  | "malformed"
  | "unknown-key"
  | "mismatch"
  | "skewed"
  | "expired"
  | "scope"
  | "unsigned-header"
  | "payload";

export interface Rejection {
  readonly reason: RejectionReason;
  readonly detail: string;
}

export type Authentication =
  | { readonly ok: true; readonly principal: Principal; readonly presigned: boolean }
  | { readonly ok: false; readonly rejection: Rejection };

/** The credential scope that a service expects. */
export interface Scope {
  readonly region: string;
  /** The service's signing name, such as `dynamodb`. */
  readonly service: string;
}

/** Scope of a signing key. `day` has the format `20261121`. */
interface SigningScope extends Scope {
  readonly day: string;
}

/** The signature of a request, from the `Authorization` header or the query. */
interface Claim extends SigningScope {
  readonly accessKeyId: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly timestamp: string;
  /** Present only in a presigned request. */
  readonly expiresSeconds?: number;
  readonly payloadHash?: string;
}

const skewMs = 15 * 60_000;
const header = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(",") : value;
};
const sha256 = (data: string | Uint8Array) => hash("sha256", data, "hex");
const rejected = (reason: RejectionReason, detail: string): Authentication => ({
  ok: false,
  rejection: { reason, detail },
});

const reserved = /[!'()*]/g;
const encode = (text: string) =>
  encodeURIComponent(text).replace(reserved, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the decoded parameters of a query, in the order in which they were sent. */
function pairsOf(query: string): [string, string][] {
  return query
    .split("&")
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [decode(pair), ""] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function canonicalQuery(query: string): string {
  if (query === "") return "";
  return pairsOf(query)
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** All services except S3 sign the path with one more level of URL encoding than it is sent with. */
function canonicalPath(path: string, service: string): string {
  if (path === "/" || service === "s3") return path;
  return path.split("/").map(encode).join("/");
}

function canonicalHeaders(headers: IncomingHttpHeaders, signedHeaders: string): string {
  return signedHeaders
    .split(";")
    .map((name) => `${name}:${(header(headers, name) ?? "").trim().replace(/\s+/g, " ")}\n`)
    .join("");
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;

function claimOfHeader(value: string, headers: IncomingHttpHeaders): Claim | undefined {
  const [, accessKeyId, day, region, service, signedHeaders, signature] = authorization.exec(value) ?? [];
  const timestamp = header(headers, "x-amz-date");
  if (!accessKeyId || !day || !region || !service || !signedHeaders || !signature || !timestamp) return undefined;
  return { accessKeyId, day, region, service, signedHeaders, signature, timestamp };
}

function claimOfQuery(query: string): Claim | undefined {
  const values = new Map(pairsOf(query));
  const [accessKeyId, day, region, service, end] = (values.get("X-Amz-Credential") ?? "").split("/");
  const signedHeaders = values.get("X-Amz-SignedHeaders");
  const signature = values.get("X-Amz-Signature");
  const timestamp = values.get("X-Amz-Date");
  const expiresSeconds = Number(values.get("X-Amz-Expires"));
  const complete = accessKeyId && day && region && service && end && signedHeaders && signature && timestamp;
  if (!complete || !(expiresSeconds >= 1 && expiresSeconds <= 604_800)) return undefined;
  const payloadHash = values.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD";
  return { accessKeyId, day, region, service, signedHeaders, signature, timestamp, expiresSeconds, payloadHash };
}

/** Parses a time in the format `20261121T034057Z` to milliseconds since 1970. Returns NaN for other formats. */
function timeOf(timestamp: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Checks the time of a request. Returns undefined if the request is valid now. */
function untimely(claim: Claim, now: number): Rejection | undefined {
  const signedAt = timeOf(claim.timestamp);
  if (Number.isNaN(signedAt) || !claim.timestamp.startsWith(claim.day))
    return {
      reason: "malformed",
      detail: "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.",
    };
  const stamp = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  if (signedAt > now + skewMs)
    return {
      reason: "skewed",
      detail: `Signature not yet current: ${claim.timestamp} is still later than ${stamp(now + skewMs)} (${stamp(now)} + 15 min.)`,
    };
  if (claim.expiresSeconds !== undefined)
    return signedAt + claim.expiresSeconds * 1000 < now
      ? { reason: "expired", detail: "Request has expired" }
      : undefined;
  if (signedAt < now - skewMs)
    return {
      reason: "skewed",
      detail: `Signature expired: ${claim.timestamp} is now earlier than ${stamp(now - skewMs)} (${stamp(now)} - 15 min.)`,
    };
  return undefined;
}

const signingKeys = new Map<string, Buffer>();

/** Derives a signing key. It is valid for a day, so it is cached. */
function signingKey(secret: string, { day, region, service }: SigningScope): Buffer {
  const id = `${secret}/${day}/${region}/${service}`;
  const known = signingKeys.get(id);
  if (known) return known;
  const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), "aws4_request");
  if (signingKeys.size > 1000) signingKeys.clear();
  signingKeys.set(id, key);
  return key;
}

/**
 * Returns the signature of a text in hexadecimal. The text is the string to sign of a request, or the policy of a form
 * upload.
 */
export const signatureOf = (secret: string, scope: SigningScope, text: string): string =>
  createHmac("sha256", signingKey(secret, scope)).update(text).digest("hex");

/**
 * Returns an unsigned `x-amz-` header. S3 refuses such a request, because the header could have been added after
 * signing.
 */
function unsignedHeader(headers: IncomingHttpHeaders, { service, signedHeaders }: Claim): string | undefined {
  if (service !== "s3") return undefined;
  const signed = new Set(signedHeaders.split(";"));
  return Object.keys(headers).find(
    (name) => name.startsWith("x-amz-") && name !== "x-amz-content-sha256" && !signed.has(name),
  );
}

const hexDigest = /^[0-9a-f]{64}$/;

/** Returns the signed payload hash, or undefined if the body does not match its declared hash. */
function payloadHash(request: SignedRequest, claim: Claim): string | undefined {
  if (claim.service !== "s3") return sha256(request.body);
  const declared = header(request.headers, "x-amz-content-sha256") ?? claim.payloadHash;
  if (declared === undefined) return sha256(request.body);
  return !hexDigest.test(declared) || sha256(request.body) === declared ? declared : undefined;
}

/**
 * Authenticates a request (AWS Signature Version 4, in the header or presigned). Checks the time (within 15 minutes),
 * the scope, the payload and the signature. Does not check the chunk signatures of a streamed upload.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function authenticate(
  request: SignedRequest,
  principals: Principals,
  scope: Scope & { readonly otherRegion?: string | undefined },
  now: number = Date.now(),
): Authentication {
  const { method, path, query, headers } = request;
  const value = header(headers, "authorization");
  const presigned = value === undefined && query.includes("X-Amz-Signature=");
  if (value === undefined && !presigned) return rejected("missing", "Request is missing Authentication Token");
  const claim = value === undefined ? claimOfQuery(query) : claimOfHeader(value, headers);
  if (!claim) return rejected("malformed", "The authorization of the request is incomplete or not AWS4-HMAC-SHA256.");
  const principal = principals.get(claim.accessKeyId);
  if (!principal) return rejected("unknown-key", "The security token included in the request is invalid.");
  if (claim.service !== scope.service)
    return rejected("scope", `Credential should be scoped to correct service: '${scope.service}'.`);
  if (claim.region !== scope.region && claim.region !== scope.otherRegion)
    return rejected(
      "scope",
      `Credential should be scoped to a valid region: '${claim.region}' is wrong; expecting '${scope.region}'.`,
    );
  if (!claim.signedHeaders.split(";").includes("host"))
    return rejected("malformed", "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  const unsigned = unsignedHeader(headers, claim);
  if (unsigned !== undefined)
    return rejected("unsigned-header", `There were headers present in the request which were not signed: ${unsigned}`);
  const late = untimely(claim, now);
  if (late) return { ok: false, rejection: late };
  const payload = payloadHash(request, claim);
  if (payload === undefined)
    return rejected("payload", "The provided 'x-amz-content-sha256' header does not match what was computed.");
  const canonical = `${method}\n${canonicalPath(path, claim.service)}\n${canonicalQuery(query)}\n${canonicalHeaders(headers, claim.signedHeaders)}\n${claim.signedHeaders}\n${payload}`;
  const toSign = `AWS4-HMAC-SHA256\n${claim.timestamp}\n${claim.day}/${claim.region}/${claim.service}/aws4_request\n${sha256(canonical)}`;
  const expected = signatureOf(principal.secretAccessKey, claim, toSign);
  if (expected !== claim.signature)
    return rejected(
      "mismatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
    );
  return { ok: true, principal, presigned };
}
