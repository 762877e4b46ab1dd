import { isObject, type JsonObject, object, text } from "../json.ts";
import type { Behavior, DistributionOrigin } from "./distribution.ts";
import type { ViewerRequest } from "./viewer-event.ts";
import { ViewerFunctionError } from "./viewer-function.ts";

/** The origin of one request, after the viewer-request function. */
export interface RequestOrigin {
  readonly domain: string;
  /** Custom headers by name in lower case. They replace the viewer's headers of the same name. */
  readonly headers: Readonly<Record<string, string>>;
  /** How long CloudFront waits for an answer, and how often it asks for one. */
  readonly readTimeoutSeconds: number;
  readonly attempts: number;
}

/** CloudFront's own. */
const defaults = { readTimeoutSeconds: 30, attempts: 3 };

const headersOf = ({ customHeaders = [] }: Partial<DistributionOrigin>) =>
  Object.fromEntries(customHeaders.map(({ name, value }) => [name.toLowerCase(), value]));

/** The function's own custom headers. @throws ViewerFunctionError for one that the request has already */
function changedHeaders(customHeaders: JsonObject, { headers }: ViewerRequest): Record<string, string> {
  for (const name of Object.keys(customHeaders)) {
    if (headers[name] === undefined) continue;
    throw new ViewerFunctionError(502, `The custom header ${name} is in the request already.`);
  }
  return Object.fromEntries(Object.entries(customHeaders).map(([name, value]) => [name, text(value) ?? ""]));
}

/**
 * The behavior's origin with the settings that `updateRequestOrigin()` replaced; settings that it left out are inherited.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html
 */
export function requestOrigin(
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
    headers: isObject(customHeaders) ? changedHeaders(object(customHeaders), request) : headersOf(own),
    readTimeoutSeconds: Number(readTimeout ?? own.customOriginConfig?.originReadTimeout ?? defaults.readTimeoutSeconds),
    attempts: Number(connectionAttempts ?? own.connectionAttempts ?? defaults.attempts),
  };
}
