import type { OutgoingHttpHeaders } from "node:http";
import type { Resource } from "../graph/graph.ts";
import { inputsOf } from "../inputs.ts";

interface Override {
  readonly override?: boolean;
}

interface ResponseHeadersPolicy {
  readonly customHeadersConfig: {
    readonly items?: readonly ({ readonly header: string; readonly value: string } & Override)[];
  };
  readonly removeHeadersConfig: { readonly items?: readonly { readonly header: string }[] };
  readonly securityHeadersConfig: {
    readonly contentSecurityPolicy?: { readonly contentSecurityPolicy: string } & Override;
    readonly contentTypeOptions?: Override;
    readonly frameOptions?: { readonly frameOption: string } & Override;
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
  } = config;
  const header = (name: string, value: string | undefined, { override = false }: Override = {}) =>
    value === undefined ? [] : [{ name, value, override }];
  const transport = hsts && [
    `max-age=${hsts.accessControlMaxAgeSec}`,
    ...(hsts.includeSubdomains ? ["includeSubDomains"] : []),
    ...(hsts.preload ? ["preload"] : []),
  ];
  return [
    ...header("content-security-policy", contentSecurityPolicy?.contentSecurityPolicy, contentSecurityPolicy),
    ...header("x-content-type-options", contentTypeOptions && "nosniff", contentTypeOptions),
    ...header("x-frame-options", frameOptions?.frameOption, frameOptions),
    ...header("referrer-policy", referrerPolicy?.referrerPolicy, referrerPolicy),
    ...header("strict-transport-security", transport?.join("; "), hsts),
  ];
}

/** An answer's headers after a response headers policy: what it sets replaces the origin's own only where it says so. */
export function withPolicy(headers: OutgoingHttpHeaders, resource: Resource | undefined): OutgoingHttpHeaders {
  if (!resource) return headers;
  const policy = inputsOf<ResponseHeadersPolicy>(resource);
  const custom = (policy.customHeadersConfig?.items ?? []).map(({ header, value, override = false }) => ({
    name: header.toLowerCase(),
    value,
    override,
  }));
  const removed = new Set(policy.removeHeadersConfig?.items?.map(({ header }) => header.toLowerCase()));
  const result = Object.fromEntries(Object.entries(headers).filter(([name]) => !removed.has(name)));
  for (const { name, value, override } of [...securityHeaders(policy.securityHeadersConfig ?? {}), ...custom]) {
    if (override || result[name] === undefined) result[name] = value;
  }
  return result;
}
