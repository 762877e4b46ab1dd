import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Resource } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";

interface Override {
  readonly override?: boolean;
}

interface Items {
  readonly items?: readonly string[];
}

interface CorsConfig {
  readonly accessControlAllowCredentials?: boolean;
  readonly accessControlAllowHeaders?: Items;
  readonly accessControlAllowMethods?: Items;
  readonly accessControlAllowOrigins?: Items;
  readonly accessControlExposeHeaders?: Items;
  readonly accessControlMaxAgeSec?: number;
  readonly originOverride?: boolean;
}

interface ResponseHeadersPolicy {
  readonly corsConfig: CorsConfig;
  readonly customHeadersConfig: {
    readonly items?: readonly ({ readonly header: string; readonly value: string } & Override)[];
  };
  readonly removeHeadersConfig: { readonly items?: readonly { readonly header: string }[] };
  readonly securityHeadersConfig: {
    readonly contentSecurityPolicy?: { readonly contentSecurityPolicy: string } & Override;
    readonly contentTypeOptions?: Override;
    readonly frameOptions?: { readonly frameOption: string } & Override;
    readonly xssProtection?: {
      readonly protection: boolean;
      readonly modeBlock?: boolean;
      readonly reportUri?: string;
    } & Override;
    readonly referrerPolicy?: { readonly referrerPolicy: string } & Override;
    readonly strictTransportSecurity?: {
      readonly accessControlMaxAgeSec: number;
      readonly includeSubdomains?: boolean;
      readonly preload?: boolean;
    } & Override;
  };
}

interface PolicyHeader {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

function securityHeaders(config: ResponseHeadersPolicy["securityHeadersConfig"]): PolicyHeader[] {
  const {
    contentSecurityPolicy,
    contentTypeOptions,
    frameOptions,
    referrerPolicy,
    strictTransportSecurity: hsts,
    xssProtection: xss,
  } = config;
  const header = (name: string, value: string | undefined, { override = false }: Override = {}) =>
    value === undefined ? [] : [{ name, value, override }];
  const transport = hsts && [
    `max-age=${hsts.accessControlMaxAgeSec}`,
    ...(hsts.includeSubdomains ? ["includeSubDomains"] : []),
    ...(hsts.preload ? ["preload"] : []),
  ];
  const block = xss && [
    xss.protection ? "1" : "0",
    ...(xss.modeBlock ? ["mode=block"] : []),
    ...(xss.reportUri ? [`report=${xss.reportUri}`] : []),
  ];
  return [
    ...header("content-security-policy", contentSecurityPolicy?.contentSecurityPolicy, contentSecurityPolicy),
    ...header("x-content-type-options", contentTypeOptions && "nosniff", contentTypeOptions),
    ...header("x-frame-options", frameOptions?.frameOption, frameOptions),
    ...header("referrer-policy", referrerPolicy?.referrerPolicy, referrerPolicy),
    ...header("strict-transport-security", transport?.join("; "), hsts),
    ...header("x-xss-protection", block?.join("; "), xss),
  ];
}

/** Matches an origin against `https://*.example.com`, `*` or a plain origin. */
function matchesOrigin(pattern: string, origin: string): boolean {
  const source = pattern.replace(/[\\^$+.()|[\]{}?]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`).test(origin);
}

/** Returns the CORS headers for a browser of an allowed origin. A preflight request gets additional headers. */
function corsHeaders(config: CorsConfig, { method, headers: asked }: IncomingMessage): PolicyHeader[] {
  const { origin, "access-control-request-method": requested } = asked;
  const allowed = config.accessControlAllowOrigins?.items ?? [];
  if (origin === undefined || !allowed.some((pattern) => matchesOrigin(pattern, origin))) return [];
  const override = config.originOverride ?? false;
  const header = (name: string, value: string | undefined) => (value ? [{ name, value, override }] : []);
  const joined = (items: Items | undefined) => items?.items?.join(", ");
  const preflight = method === "OPTIONS" && requested !== undefined;
  return [
    ...header("access-control-allow-origin", allowed.includes("*") ? "*" : origin),
    ...header("vary", allowed.includes("*") ? undefined : "Origin"),
    ...header("access-control-allow-credentials", config.accessControlAllowCredentials ? "true" : undefined),
    ...header("access-control-expose-headers", joined(config.accessControlExposeHeaders)),
    ...(preflight
      ? [
          ...header("access-control-allow-methods", joined(config.accessControlAllowMethods)),
          ...header("access-control-allow-headers", joined(config.accessControlAllowHeaders)),
          ...header("access-control-max-age", config.accessControlMaxAgeSec?.toString()),
        ]
      : []),
  ];
}

/** Applies a response headers policy. A header of the policy replaces the origin's only if `override` is set. */
export function withPolicy(
  headers: OutgoingHttpHeaders,
  resource: Resource | undefined,
  viewer: IncomingMessage,
): OutgoingHttpHeaders {
  if (!resource) return headers;
  const policy = inputsOf<ResponseHeadersPolicy>(resource);
  const custom = (policy.customHeadersConfig?.items ?? []).map(({ header, value, override = false }) => ({
    name: header.toLowerCase(),
    value,
    override,
  }));
  const removed = new Set(policy.removeHeadersConfig?.items?.map(({ header }) => header.toLowerCase()));
  const result = Object.fromEntries(Object.entries(headers).filter(([name]) => !removed.has(name)));
  const set = [
    ...corsHeaders(policy.corsConfig ?? {}, viewer),
    ...securityHeaders(policy.securityHeadersConfig ?? {}),
    ...custom,
  ];
  for (const { name, value, override } of set) {
    if (override || result[name] === undefined) result[name] = value;
  }
  return result;
}
