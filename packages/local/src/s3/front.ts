import { evaluate } from "../iam/evaluate.ts";
import type { Call, ServiceApi } from "../iam/front.ts";
import { restXml, ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import type { Fauxqs } from "../s3-sqs-engine.ts";
import type { Principal, Principals } from "../service-types.ts";
import { corsHeaders, type corsRulesOf, preflight } from "./cors.ts";
import type { ObjectEvents } from "./events.ts";
import { s3Operations } from "./operations.ts";
import { postedUpload } from "./post.ts";
import { type S3Request, s3RequestOf } from "./request.ts";
import { listNeed, refuseUnsupported, s3Needs, uploadNeed } from "./required-permissions.ts";

/** Runs operations on the same key one after another, so that a condition that was checked still holds at the write. */
function createTurns() {
  const last = new Map<string, Promise<void>>();
  return function take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (last.get(key) ?? Promise.resolve()).then(work);
    const settled = turn.then(
      () => {},
      () => {},
    );
    last.set(key, settled);
    settled.then(() => last.get(key) === settled && last.delete(key));
    return turn;
  };
}

/**
 * Turns 404 into 403 for callers that may not list the bucket, so that they cannot learn that an object is missing.
 * @throws ServiceError `AccessDenied`
 */
function hideMissing({ bucket = "", key }: S3Request, status: number, caller: Principal | undefined): void {
  if (status !== 404 || key === undefined || caller?.statements === undefined) return;
  if (!evaluate(caller.statements, listNeed(bucket)).allowed)
    throw new ServiceError(
      403,
      "AccessDenied",
      `User: ${caller.arn} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::${bucket}" because no identity-based policy allows the s3:ListBucket action`,
    );
}

const isForm = ({ method, headers }: SignedRequest): boolean =>
  method === "POST" && /^multipart\/form-data/i.test(headers["content-type"] ?? "");

/**
 * S3 in front of fauxqs. It adds permissions, conditional requests, checksums, forms, CORS and events, and refuses
 * unsupported features by name.
 */
export function bucketService(options: {
  readonly fauxqs: Fauxqs;
  readonly events: ObjectEvents;
  readonly principals: Principals;
  readonly corsRules: ReturnType<typeof corsRulesOf>;
  readonly region: string;
}): ServiceApi {
  const { fauxqs, events, principals, corsRules, region } = options;
  const operations = s3Operations({ fauxqs, events, region });
  const takeTurn = createTurns();
  const rulesOf = ({ bucket = "" }: S3Request) => corsRules.get(bucket);

  async function run(request: SignedRequest, target: S3Request, caller: Principal | undefined) {
    const carryOut = () => operations.carryOut(request, target, caller);
    const reads = target.key === undefined || request.method === "GET" || request.method === "HEAD";
    const response = await (reads ? carryOut() : takeTurn(`${target.bucket}/${target.key}`, carryOut));
    hideMissing(target, response.status, caller);
    return response;
  }

  /** A form carries its own signature. Errors in it are returned to the sender. */
  function readForm({ headers, body }: SignedRequest, { bucket = "" }: S3Request): Call {
    try {
      const upload = postedUpload({ bucket, contentType: headers["content-type"] ?? "", body }, principals, region);
      const store = () => operations.post(upload, bucket, `http://${headers.host}`);
      return {
        needs: [uploadNeed(bucket, upload.key)],
        signedBy: upload.principal,
        run: () => takeTurn(`${bucket}/${upload.key}`, store),
      };
    } catch (error) {
      return { needs: "public", run: () => Promise.reject<ServiceResponse>(error) };
    }
  }

  return {
    name: "s3",
    signingName: "s3",
    protocol: restXml,
    read(request) {
      const target = s3RequestOf(request);
      if (request.method === "OPTIONS")
        return { needs: "public", run: async () => preflight(rulesOf(target), request.headers) };
      if (target.key === undefined && isForm(request)) return readForm(request, target);
      refuseUnsupported(target, request.headers);
      return {
        needs: s3Needs(target, request.headers, request.body),
        run: (caller) => run(request, target, caller),
      };
    },
    headersFor(request) {
      return corsHeaders(rulesOf(s3RequestOf(request)), request.method, request.headers);
    },
  };
}
