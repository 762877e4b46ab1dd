import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { Resource } from "../graph/graph.ts";
import { faultOf } from "../http.ts";
import { inputsOf } from "../resource-inputs.ts";
import { type CacheAnswer, createCache } from "./cache/cache.ts";
import { cacheKeyOf } from "./cache/cache-key.ts";
import { policyOf } from "./cache/cache-policy.ts";
import { compress, takenEncodings } from "./cache/compress.ts";
import {
  type Behavior,
  behaviorOf,
  type DistributionInputs,
  errorPageOf,
  errorTtlOf,
  missingGuards,
} from "./distribution-config.ts";
import type { EdgeOptions } from "./edge-options.ts";
import { type OriginRequest, type OriginResponse, plainResponse } from "./origins/origin.ts";
import { createOrigins } from "./origins/origins.ts";
import { withReadTimeout } from "./origins/read-timeout.ts";
import { originHeaders, via } from "./origins/request-headers.ts";
import { type RequestOrigin, requestOrigin } from "./origins/request-origin.ts";
import { signedHeaders } from "./origins/signing.ts";
import { withPolicy } from "./response-headers.ts";
import { keyValuesOf } from "./viewer/key-values.ts";
import { changedRequest, functionResponse, type ViewerRequest, viewerEvent } from "./viewer/viewer-event.ts";
import { ViewerFunctionError, type ViewerRequestFunction, viewerRequestFunction } from "./viewer/viewer-function.ts";

/** A response, and its result for the `x-cache` header. */
interface Answer {
  readonly response: OriginResponse;
  readonly result: CacheAnswer["result"] | "FunctionGeneratedResponse" | "FunctionExecutionError";
}

/** Maximum length of a URL, and of a request without its body, in bytes. */
const urlLimit = 8_192;
const requestLimit = 32_768;

/** Builds a refusal that also closes the connection, because the rest of the request is not read. */
const refusal = (status: number, text: string): Answer => ({
  response: plainResponse(status, text, { connection: "close" }),
  result: "Error",
});

/** Refuses requests that CloudFront does not accept, and methods that the behavior does not allow. */
function refused(viewer: IncomingMessage, behavior: Behavior): Answer | undefined {
  const { method, url = "/", rawHeaders, headers } = viewer;
  const fault = faultOf(viewer);
  if (fault) return refusal(400, `${fault}\n`);
  const length = url.length + rawHeaders.reduce((sum, part) => sum + part.length, 0);
  if (url.length > urlLimit || length > requestLimit) return refusal(413, "The request is too long.\n");
  if (behavior.allowedMethods && !behavior.allowedMethods.includes(method ?? "")) {
    return refusal(403, `This distribution does not allow ${method} here.\n`);
  }
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (method === "GET" && hasBody) return refusal(403, "A GET request has no body.\n");
  return undefined;
}

const isCacheable = (method: string | undefined, { cachedMethods = [] }: Behavior) =>
  method === "GET" || method === "HEAD" || (method === "OPTIONS" && cachedMethods.includes(method));

/** Runs a distribution: selects the behavior, then runs the viewer-request function, the cache and the origin. */
export function createDistribution(distribution: Resource, options: EdgeOptions) {
  const { graph, root, log, now } = options;
  const { origins = [] } = inputsOf<DistributionInputs>(distribution);
  const functions = new Map<string, ViewerRequestFunction>(
    graph.all("aws:cloudfront:Function").map((resource) => {
      const [store = ""] = inputsOf<{ keyValueStoreAssociations: string[] }>(resource).keyValueStoreAssociations ?? [];
      return [resource.arn ?? resource.id, viewerRequestFunction(resource, keyValuesOf(graph, store, root), log)];
    }),
  );
  const origin = createOrigins(options);
  const cache = createCache({ ...(now && { now }) });

  /**
   * Sends a request to its origin. A development server has no read timeout, because it compiles a page before it
   * responds.
   */
  function callOrigin(target: RequestOrigin, request: OriginRequest, viewer: IncomingMessage) {
    const { domain } = target;
    if (origin.isReplaced(domain)) return origin.call(domain, request, viewer);
    return withReadTimeout(request.method, target, (signal) => origin.call(domain, { ...request, signal }, viewer));
  }

  /** Runs the viewer-request function. Returns its response, or the request with the origin that it selected. */
  async function viewerRequest(viewer: IncomingMessage, behavior: Behavior) {
    const association = behavior.functionAssociations?.find(({ eventType }) => eventType === "viewer-request");
    const event = viewerEvent(viewer);
    const run = association && functions.get(association.functionArn);
    const result = run ? await run(event) : { request: event.request, origin: undefined };
    if ("response" in result) return result;
    const request = changedRequest(result.request, viewer);
    return { request, origin: requestOrigin(graph, origins, behavior, request, result.origin) };
  }

  /** Returns the error page for a status, if the distribution has one and it can be loaded. */
  async function errorPage(status: number, viewer: IncomingMessage) {
    const page = errorPageOf(distribution, status);
    const behavior = page && behaviorOf(distribution, page.path);
    if (!behavior) return undefined;
    const sent = { uri: page.path, query: "", headers: {} };
    const target = requestOrigin(graph, origins, behavior, sent);
    const { headers, signed } = target;
    const request = { method: "GET", url: page.path, headers, signed, body: Readable.from([]) };
    const answered = await callOrigin(target, request, viewer);
    return answered.status === 200 ? { ...answered, status: page.status } : undefined;
  }

  async function fromOrigin(
    viewer: IncomingMessage,
    behavior: Behavior,
    { uri, query, headers: sent }: ViewerRequest,
    target: RequestOrigin,
    id: string,
  ): Promise<Answer> {
    const policy = policyOf(graph, behavior);
    const method = viewer.method ?? "GET";
    const { host: _, "accept-encoding": accepted, ...others } = sent;
    const wanted = takenEncodings(accepted, policy.encodings).join(",");
    const unsigned = {
      ...originHeaders(others, { address: viewer.socket.remoteAddress ?? "127.0.0.1", id }),
      ...(wanted !== "" && { "accept-encoding": wanted }),
      ...target.headers,
    };
    // The scope names Lambda for buckets too. No local origin reads it, and local buckets require no signature.
    const signing = { service: "lambda", region: graph.region, now: new Date(now?.() ?? Date.now()) };
    const { signed } = target;
    const forwarded = signed ? signedHeaders(unsigned, signing) : unsigned;
    const url = query === "" ? uri : `${uri}?${query}`;
    const request: OriginRequest = { method, url, headers: forwarded, signed, body: viewer };
    const finish = async (response: OriginResponse): Promise<OriginResponse> => {
      const page = response.status >= 400 ? await errorPage(response.status, viewer) : undefined;
      if (page) response.body?.resume();
      return compress(page ?? response, behavior.compress ? policy.encodings : [], { method, headers: sent });
    };
    if (!isCacheable(method, behavior) || policy.maxTtl === 0 || origin.isReplaced(target.domain)) {
      const answered = await callOrigin(target, request, viewer);
      return { response: await finish(answered), result: answered.status >= 400 ? "Error" : "Miss" };
    }
    return cache.answer({
      key: cacheKeyOf({ path: uri, query, headers: sent }, policy),
      method,
      headers: forwarded,
      paths: [uri, (viewer.url ?? "/").split("?")[0] ?? "/"],
      policy,
      errorTtl: (status) => errorTtlOf(distribution, status),
      // Other viewers may wait for this response, so it must not depend on the first viewer's connection.
      fetch: (headers) => callOrigin(target, { ...request, headers, body: Readable.from([]) }, viewer),
      finish,
    });
  }

  async function answerFor(viewer: IncomingMessage, behavior: Behavior, id: string): Promise<Answer> {
    const refusedAs = refused(viewer, behavior);
    if (refusedAs) return refusedAs;
    try {
      const changed = await viewerRequest(viewer, behavior);
      if ("response" in changed) {
        return { response: functionResponse(changed.response), result: "FunctionGeneratedResponse" };
      }
      return await fromOrigin(viewer, behavior, changed.request, changed.origin, id);
    } catch (error) {
      if (!(error instanceof ViewerFunctionError)) throw error;
      log.error("edge", error.message);
      const text = "The function of this distribution failed; the log says why.\n";
      return { response: plainResponse(error.status, text), result: "FunctionExecutionError" };
    }
  }

  return {
    close: origin.close,
    invalidate: cache.invalidate,
    /** Returns the distribution's response to a viewer. */
    async answer(viewer: IncomingMessage): Promise<OriginResponse> {
      const id = randomBytes(42).toString("base64url");
      const behavior = behaviorOf(distribution, (viewer.url ?? "/").split("?")[0] ?? "/");
      if (!behavior) return plainResponse(404, "The distribution has no behavior for this path.\n");
      const missing = missingGuards(distribution, behavior);
      if (missing.length > 0) return plainResponse(403, `Not supported: ${missing.join(", ")}.\n`);
      const { response, result } = await answerFor(viewer, behavior, id);
      const policy = graph
        .all("aws:cloudfront:ResponseHeadersPolicy")
        .find((each) => each.id === behavior.responseHeadersPolicyId);
      const headers = {
        ...withPolicy(response.headers, policy, viewer),
        via,
        "x-amz-cf-id": id,
        "x-cache": `${result} from cloudfront`,
      };
      return { ...response, headers };
    },
  };
}
