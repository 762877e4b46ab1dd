import type { ResolvedGraph } from "../../graph/graph.ts";
import { isObject, type JsonObject, object, text } from "../../json.ts";
import { inputsOf } from "../../resource-inputs.ts";
import type { Behavior, DistributionOrigin } from "../distribution-config.ts";
import type { ViewerRequest } from "../viewer/viewer-event.ts";
import { ViewerFunctionError } from "../viewer/viewer-function.ts";
import { isSigned, type SigningBehavior } from "./signing.ts";

/** The origin of a request, after the viewer-request function. */
export interface RequestOrigin {
  readonly domain: string;
  /** Custom headers by name in lower case. They replace the viewer's headers with the same name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Time that CloudFront waits for a response, in seconds, and the number of attempts. */
  readonly readTimeoutSeconds: number;
  readonly attempts: number;
  /** Whether CloudFront signs the request, according to the origin access control. */
  readonly signed: boolean;
}

/** CloudFront's defaults. */
const defaults = { readTimeoutSeconds: 30, attempts: 3 };

const headersOf = ({ customHeaders = [] }: Partial<DistributionOrigin>) =>
  Object.fromEntries(customHeaders.map(({ name, value }) => [name.toLowerCase(), value]));

/**
 * Returns the custom headers that the function set.
 * @throws ViewerFunctionError if the request already has one of them
 */
function changedHeaders(customHeaders: JsonObject, { headers }: ViewerRequest): Record<string, string> {
  for (const name of Object.keys(customHeaders)) {
    if (headers[name] === undefined) continue;
    throw new ViewerFunctionError(502, `The custom header ${name} is already in the request.`);
  }
  return Object.fromEntries(Object.entries(customHeaders).map(([name, value]) => [name, text(value) ?? ""]));
}

const isSigning = (value: unknown): value is SigningBehavior =>
  value === "always" || value === "never" || value === "no-override";

/** Returns the signing behavior of the origin's origin access control, or of the one that the function set instead. */
function signingOf(graph: ResolvedGraph, { originAccessControlId }: Partial<DistributionOrigin>, change: JsonObject) {
  if (isObject(change.originAccessControlConfig)) {
    const { enabled, signingBehavior } = object(change.originAccessControlConfig);
    return enabled === true && isSigning(signingBehavior) ? signingBehavior : "never";
  }
  const resource = graph.all("aws:cloudfront:OriginAccessControl").find(({ id }) => id === originAccessControlId);
  const { signingBehavior } = resource ? inputsOf<{ signingBehavior: string }>(resource) : {};
  return isSigning(signingBehavior) ? signingBehavior : "never";
}

/**
 * Returns the behavior's origin with the settings that `updateRequestOrigin()` replaced. Omitted settings are
 * inherited.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html
 */
export function requestOrigin(
  graph: ResolvedGraph,
  origins: readonly DistributionOrigin[],
  { targetOriginId }: Behavior,
  request: ViewerRequest,
  change: JsonObject = {},
): RequestOrigin {
  const own: Partial<DistributionOrigin> = origins.find(({ originId }) => originId === targetOriginId) ?? {};
  const { domainName, customHeaders, timeouts, connectionAttempts } = change;
  const { readTimeout } = object(timeouts);
  return {
    domain: text(domainName) ?? own.domainName ?? "",
    signed: isSigned(signingOf(graph, own, change), request.headers),
    headers: isObject(customHeaders) ? changedHeaders(object(customHeaders), request) : headersOf(own),
    readTimeoutSeconds: Number(readTimeout ?? own.customOriginConfig?.originReadTimeout ?? defaults.readTimeoutSeconds),
    attempts: Number(connectionAttempts ?? own.connectionAttempts ?? defaults.attempts),
  };
}
