import type { IncomingHttpHeaders } from "node:http";
import type { ResolvedGraph } from "../graph/graph.ts";
import { ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import { inputsOf } from "../resource-inputs.ts";

interface CorsRule {
  readonly allowedOrigins?: readonly string[];
  readonly allowedMethods?: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAgeSeconds?: number;
}

const types = ["aws:s3:BucketCorsConfiguration", "aws:s3:BucketCorsConfigurationV2"];

/** Returns the CORS rules of the graph's buckets. */
export function corsRulesOf(graph: ResolvedGraph): Map<string, readonly CorsRule[]> {
  const configurations = types
    .flatMap((type) => graph.all(type))
    .map((resource) => inputsOf<{ bucket: string; corsRules: readonly CorsRule[] }>(resource));
  return new Map(configurations.map(({ bucket = "", corsRules = [] }) => [bucket, corsRules]));
}

/** Matches a pattern with at most one `*`, which stands for any text. */
function fits(pattern: string, value: string): boolean {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return pattern === value;
  return value.length >= before.length + after.length && value.startsWith(before) && value.endsWith(after);
}

const listOf = (value: string | undefined): string[] =>
  (value ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);

function matching(
  rules: readonly CorsRule[],
  origin: string,
  method: string,
  headers: readonly string[],
): CorsRule | undefined {
  return rules.find(
    ({ allowedOrigins = [], allowedMethods = [], allowedHeaders = [] }) =>
      allowedOrigins.some((pattern) => fits(pattern, origin)) &&
      allowedMethods.includes(method) &&
      headers.every((name) => allowedHeaders.some((pattern) => fits(pattern.toLowerCase(), name))),
  );
}

function answerOf(rule: CorsRule, origin: string, requested: readonly string[]): Record<string, string> {
  const anybody = rule.allowedOrigins?.includes("*") === true;
  return {
    "access-control-allow-origin": anybody ? "*" : origin,
    "access-control-allow-methods": (rule.allowedMethods ?? []).join(", "),
    ...(requested.length > 0 && { "access-control-allow-headers": requested.join(", ") }),
    ...(rule.exposeHeaders?.length && { "access-control-expose-headers": rule.exposeHeaders.join(", ") }),
    ...(rule.maxAgeSeconds !== undefined && { "access-control-max-age": String(rule.maxAgeSeconds) }),
    ...(!anybody && { "access-control-allow-credentials": "true" }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

/** Returns S3's CORS headers for a response. Empty if no rule allows the request. */
export function corsHeaders(
  rules: readonly CorsRule[] | undefined,
  method: string,
  headers: IncomingHttpHeaders,
): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined || method === "OPTIONS" || rules === undefined) return {};
  const rule = matching(rules, origin, method, []);
  return rule ? answerOf(rule, origin, []) : {};
}

/**
 * Answers a preflight request.
 * @throws ServiceError `AccessForbidden`, `BadRequest`
 */
export function preflight(rules: readonly CorsRule[] | undefined, headers: IncomingHttpHeaders): ServiceResponse {
  const { origin } = headers;
  const method = headers["access-control-request-method"];
  if (origin === undefined)
    throw new ServiceError(400, "BadRequest", "Insufficient information. Origin request header needed.");
  if (method === undefined) throw new ServiceError(400, "BadRequest", "Invalid Access-Control-Request-Method: null");
  const members = { Method: method, ResourceType: "OBJECT" };
  if (rules === undefined)
    throw new ServiceError(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.", members);
  const requested = listOf(headers["access-control-request-headers"]);
  const rule = matching(rules, origin, method, requested);
  if (!rule)
    throw new ServiceError(
      403,
      "AccessForbidden",
      "CORSResponse: This CORS request is not allowed. No rule of the bucket allows its origin, method and headers.",
      members,
    );
  return { status: 200, headers: answerOf(rule, origin, requested) };
}
