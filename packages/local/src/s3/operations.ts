import { ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import type { Fauxqs } from "../s3-sqs-engine.ts";
import type { Principal } from "../service-types.ts";
import { payloadOf } from "./chunked.ts";
import type { ObjectEvents } from "./events.ts";
import { checkConditions, checkIntegrity } from "./integrity.ts";
import { listObjects } from "./list.ts";
import { checkKey, type StoredObject, storeObject } from "./objects.ts";
import { type PostedUpload, postAnswer } from "./post.ts";
import type { S3Request } from "./request.ts";
import { element, textsOf, xmlResponse } from "./xml.ts";

/** Maximum size in bytes of a body that fauxqs accepts in one request. */
const mostForwarded = 11 * 1024 * 1024;

/** Query parameters of a read that replace a header of its response. */
const overridable: ReadonlySet<string> = new Set(
  ["content-type", "content-language", "expires", "cache-control", "content-disposition", "content-encoding"].map(
    (header) => `response-${header}`,
  ),
);

/** S3's operations for authorized requests. Each is implemented here or forwarded to fauxqs. */
export function s3Operations({
  fauxqs,
  events,
  region,
}: {
  readonly fauxqs: Fauxqs;
  readonly events: ObjectEvents;
  readonly region: string;
}) {
  /** Returns undefined if the object does not exist. */
  function objectOf({ bucket = "", key = "" }: Partial<S3Request>): StoredObject | undefined {
    try {
      return fauxqs.buckets.headObject(bucket, key);
    } catch {
      return undefined;
    }
  }

  const created = (
    kind: "Put" | "Post" | "Copy" | "CompleteMultipartUpload",
    bucket: string,
    { key, contentLength, etag }: StoredObject,
    principal: string,
  ) => events.tell({ name: `ObjectCreated:${kind}`, bucket, key, size: contentLength, etag, principal });

  const removed = (bucket: string, key: string, principal: string) =>
    events.tell({ name: "ObjectRemoved:Delete", bucket, key, principal });

  async function forward({ method, headers, body }: SignedRequest, { url }: S3Request): Promise<ServiceResponse> {
    if (body.byteLength > mostForwarded)
      throw new ServiceError(400, "EntityTooLarge", "The local S3 accepts at most 11 MiB in one part of an upload.", {
        ProposedSize: body.byteLength,
        MaxSizeAllowed: mostForwarded,
      });
    return fauxqs.send({ method, url, headers: { ...headers, host: "127.0.0.1" }, body });
  }

  async function put(request: SignedRequest, { bucket = "", key = "" }: S3Request, principal: string) {
    const { body, headers } = payloadOf(request.headers, request.body);
    const answered = checkIntegrity(headers, body);
    const object = storeObject(fauxqs, { bucket, key, body, headers });
    await created("Put", bucket, object, principal);
    return { status: 200, headers: { etag: object.etag, ...answered } };
  }

  /** Stores a part of a multipart upload. The checksum is verified here, and fauxqs stores it. */
  function uploadPart(request: SignedRequest, target: S3Request) {
    const { body, headers } = payloadOf(request.headers, request.body);
    checkIntegrity(headers, body);
    return forward({ ...request, body, headers: { ...headers, "content-length": undefined } }, target);
  }

  /** Reads an object. A reader may override response headers, for example the file name of a download. */
  async function read(request: SignedRequest, target: S3Request): Promise<ServiceResponse> {
    const response = await forward(request, target);
    if (response.status >= 300) return response;
    const asked = [...target.query].filter(([name]) => overridable.has(name));
    const headers = asked.map(([name, value]) => [name.slice("response-".length), value]);
    return { ...response, headers: { ...response.headers, ...Object.fromEntries(headers) } };
  }

  /** Forwards an operation to fauxqs and then emits its event. */
  async function forwardAndTell(request: SignedRequest, target: S3Request, principal: string) {
    const { method, query } = target;
    const before = method === "DELETE" ? objectOf(target) : undefined;
    const response = await forward(request, target);
    if (response.status >= 300) return response;
    const after = objectOf(target);
    const { bucket = "", key = "" } = target;
    if (method === "DELETE" && before && !query.has("uploadId")) await removed(bucket, key, principal);
    if (method === "PUT" && after) await created("Copy", bucket, after, principal);
    if (method === "POST" && query.has("uploadId") && after)
      await created("CompleteMultipartUpload", bucket, after, principal);
    return response;
  }

  async function deleteMany({ body }: SignedRequest, { bucket = "" }: S3Request, principal: string) {
    const keys = textsOf(body, "Key");
    if (keys.length === 0 || keys.length > 1000)
      throw new ServiceError(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
      );
    for (const key of keys) {
      if (!objectOf({ bucket, key })) continue;
      fauxqs.buckets.deleteObject(bucket, key);
      await removed(bucket, key, principal);
    }
    const quiet = textsOf(body, "Quiet")[0] === "true";
    return xmlResponse(
      "DeleteResult",
      quiet ? "" : keys.map((key) => `<Deleted>${element("Key", key)}</Deleted>`).join(""),
    );
  }

  async function onBucket(request: SignedRequest, target: S3Request, principal: string): Promise<ServiceResponse> {
    const { method, query } = target;
    if (query.has("location")) return xmlResponse("LocationConstraint", region);
    if (method === "POST") return deleteMany(request, target, principal);
    if (method === "GET" && target.bucket !== undefined && !query.has("lifecycle")) return listObjects(fauxqs, target);
    return forward(request, target);
  }

  async function onObject(request: SignedRequest, target: S3Request, principal: string): Promise<ServiceResponse> {
    const { method, query } = target;
    const { headers } = request;
    const writes = method === "PUT" || method === "POST";
    if (writes) checkKey(target.key ?? "");
    if (headers["if-match"] !== undefined || headers["if-none-match"] !== undefined) {
      const etag = objectOf(target)?.etag;
      if (checkConditions(headers, etag, method) === "not-modified")
        return { status: 304, headers: etag === undefined ? {} : { etag } };
    }
    if (!writes && method !== "DELETE") return read(request, target);
    const copies = headers["x-amz-copy-source"] !== undefined;
    if (method !== "PUT" || copies) {
      // A copied part does not create an object yet.
      return copies && query.has("uploadId") ? forward(request, target) : forwardAndTell(request, target, principal);
    }
    return query.has("uploadId") ? uploadPart(request, target) : put(request, target, principal);
  }

  return {
    carryOut(request: SignedRequest, target: S3Request, caller: Principal | undefined): Promise<ServiceResponse> {
      const principal = caller?.arn ?? "";
      return target.key === undefined ? onBucket(request, target, principal) : onObject(request, target, principal);
    },

    /** Stores a form's file. Its checksum may be a field of the form. */
    async post(upload: PostedUpload, bucket: string, origin: string): Promise<ServiceResponse> {
      checkIntegrity(upload.headers, upload.file);
      const { key, file, headers } = upload;
      const object = storeObject(fauxqs, { bucket, key, body: file, headers });
      await created("Post", bucket, object, upload.principal.arn);
      return postAnswer(upload, bucket, object, origin);
    },
  };
}
