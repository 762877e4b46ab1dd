import type { Principal } from "../emulator.ts";
import { evaluate } from "../iam/evaluate.ts";
import type { Call, Service } from "../iam/front.ts";
import { restXml, ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import type { Fauxqs } from "../queues/fauxqs.ts";
import { checkConditions, checkIntegrity } from "./integrity.ts";
import { listNeed, refuseUnsupported, s3Needs } from "./needs.ts";
import { type S3Request, s3RequestOf } from "./request.ts";

/** fauxqs takes no larger body in one request. */
const mostBytes = 11 * 1024 * 1024;

/** S3 before fauxqs: it adds permissions, conditions, checksums, and refuses by name what is not there. */
export function bucketService({ fauxqs, region }: { readonly fauxqs: Fauxqs; readonly region: string }): Service {
  /** The last write to each key that is under way. */
  const writes = new Map<string, Promise<void>>();

  /** Undefined when there is no such object. */
  function etagOf({ bucket, key }: S3Request): string | undefined {
    try {
      return fauxqs.buckets.headObject(bucket ?? "", key ?? "").etag;
    } catch {
      return undefined;
    }
  }

  async function forward({ method, headers, body }: SignedRequest, { url }: S3Request): Promise<ServiceResponse> {
    const { host: _, ...rest } = headers;
    return fauxqs.send({ method, url, headers: { ...rest, host: "127.0.0.1" }, body });
  }

  function hideMissing(request: S3Request, response: ServiceResponse, caller: Principal | undefined): void {
    const { bucket = "", key } = request;
    if (response.status !== 404 || key === undefined || caller?.statements === undefined) return;
    if (!evaluate(caller.statements, listNeed(bucket)).allowed)
      throw new ServiceError(
        403,
        "AccessDenied",
        `User: ${caller.arn} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::${bucket}" because no identity-based policy allows the s3:ListBucket action`,
      );
  }

  /** Writes to a key follow each other: a condition that was found to hold still holds when its write happens. */
  function carryOut(
    request: SignedRequest,
    target: S3Request,
    caller: Principal | undefined,
  ): Promise<ServiceResponse> {
    if (target.key === undefined || request.method === "GET" || request.method === "HEAD")
      return handle(request, target, caller);
    const id = `${target.bucket}/${target.key}`;
    const turn = (writes.get(id) ?? Promise.resolve()).then(() => handle(request, target, caller));
    const settled = turn.then(
      () => {},
      () => {},
    );
    writes.set(id, settled);
    settled.then(() => writes.get(id) === settled && writes.delete(id));
    return turn;
  }

  async function handle(
    request: SignedRequest,
    target: S3Request,
    caller: Principal | undefined,
  ): Promise<ServiceResponse> {
    const { headers, method, body } = request;
    if (target.query.has("location"))
      return {
        status: 200,
        headers: { "content-type": "application/xml" },
        body: `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`,
      };
    if (body.byteLength > mostBytes)
      throw new ServiceError(
        400,
        "EntityTooLarge",
        "The local S3 takes at most 11 MiB in one request; upload in parts.",
      );
    if (method === "PUT" || method === "POST") checkIntegrity(headers, body);
    const conditional = headers["if-match"] !== undefined || headers["if-none-match"] !== undefined;
    if (conditional && target.key !== undefined) {
      const etag = etagOf(target);
      if (checkConditions(headers, etag, method) === "not-modified")
        return { status: 304, headers: etag === undefined ? {} : { etag } };
    }
    const response = await forward(request, target);
    hideMissing(target, response, caller);
    return response;
  }

  function read(request: SignedRequest): Call {
    const target = s3RequestOf(request);
    refuseUnsupported(target, request.headers);
    return {
      needs: s3Needs(target, request.headers, request.body),
      run: (caller) => carryOut(request, target, caller),
    };
  }

  return { name: "s3", signingName: "s3", protocol: restXml, read };
}
