import { randomUUID } from "node:crypto";
import { type Call, type Front, type FrontOptions, type ServiceApi, startFront } from "../iam/front.ts";
import { errorXml, ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import { element, textsOf } from "../s3/xml.ts";

export interface InvalidationOptions extends FrontOptions {
  /** Delay until cached responses are dropped, in milliseconds. */
  readonly delayMs: number;
  /** Drops cached responses of the edge. Returns their number. */
  invalidate(paths: readonly string[]): number;
}

const namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
const route = /^\/2020-05-31\/distribution\/([^/]+)\/invalidation\/?$/;

const refusal = (code: string, message: string) => new ServiceError(400, code, message);

interface Batch {
  readonly reference: string;
  readonly paths: readonly string[];
}

/**
 * Parses an invalidation batch.
 * @throws ServiceError for a batch that CloudFront does not accept
 */
function batchOf(body: Uint8Array): Batch {
  const [reference] = textsOf(body, "CallerReference");
  const [quantity] = textsOf(body, "Quantity");
  const paths = textsOf(body, "Path");
  if (reference === undefined || quantity === undefined)
    throw refusal("MalformedXML", "1 validation error detected: the request has no CallerReference or no Paths.");
  if (Number(quantity) !== paths.length || paths.length === 0)
    throw refusal("InconsistentQuantities", "The value of Quantity and the size of Items don't match.");
  const wrong = paths.find((path) => !/^\/[\x21-\x7e]*$/.test(path) || path.slice(0, -1).includes("*"));
  if (wrong !== undefined)
    throw refusal("InvalidArgument", "Your request contains one or more invalid invalidation paths.");
  return { reference, paths };
}

function invalidationXml({ reference, paths }: Batch, id: string): string {
  const items = paths.map((path) => element("Path", path)).join("");
  const batch = `<InvalidationBatch><Paths>${element("Quantity", paths.length)}<Items>${items}</Items></Paths>${element("CallerReference", reference)}</InvalidationBatch>`;
  const at = element("CreateTime", new Date().toISOString());
  return `<?xml version="1.0"?>\n<Invalidation xmlns="${namespace}">${element("Id", id)}${element("Status", "InProgress")}${at}${batch}</Invalidation>`;
}

/** The part of CloudFront's API that creates invalidations. Distributions come from the graph. */
function cloudFrontService(
  { graph, log, delayMs, invalidate }: InvalidationOptions,
  underWay: Set<NodeJS.Timeout>,
): ServiceApi {
  function create(request: SignedRequest, distributionId: string): ServiceResponse {
    const distribution = graph.all("aws:cloudfront:Distribution").find(({ id }) => id === distributionId);
    if (!distribution) throw new ServiceError(404, "NoSuchDistribution", "The specified distribution does not exist.");
    const batch = batchOf(request.body);
    const id = `I${randomUUID().replaceAll("-", "").slice(0, 13).toUpperCase()}`;
    const timer = setTimeout(() => {
      underWay.delete(timer);
      const dropped = invalidate(batch.paths);
      log.info(
        "edge",
        `${distribution.name} invalidated ${batch.paths.join(" ")}: ${dropped} cached responses dropped`,
      );
    }, delayMs);
    underWay.add(timer);
    const location = `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distributionId}/invalidation/${id}`;
    return { status: 201, headers: { "content-type": "text/xml", location }, body: invalidationXml(batch, id) };
  }

  function read(request: SignedRequest): Call {
    const [, distributionId] = route.exec(request.path) ?? [];
    if (request.method !== "POST" || distributionId === undefined) {
      const message = `The local cloud does not support CloudFront's ${request.method} ${request.path}.`;
      throw new ServiceError(404, "UnknownOperation", message);
    }
    const resource = `arn:aws:cloudfront::${graph.account}:distribution/${distributionId}`;
    return {
      needs: [{ action: "cloudfront:CreateInvalidation", resource }],
      run: () => create(request, distributionId),
    };
  }

  const names = { name: "cloudfront", signingName: "cloudfront", onlyRegion: "us-east-1" };
  return { ...names, protocol: errorXml(namespace, "AccessDenied"), read };
}

/** Serves CloudFront's `CreateInvalidation` for SDK clients. */
export async function startCloudFrontApi(options: InvalidationOptions): Promise<Front> {
  const underWay = new Set<NodeJS.Timeout>();
  const front = await startFront(cloudFrontService(options, underWay), options);
  return {
    ...front,
    endpoints: { AWS_ENDPOINT_URL_CLOUDFRONT: front.url },
    async close() {
      for (const timer of underWay) clearTimeout(timer);
      await front.close();
    },
  };
}
