import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";

/** `corsConfiguration` of an API. */
export interface Cors {
  readonly allowCredentials?: boolean;
  readonly allowHeaders?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowOrigins?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  /** Seconds for which a browser can cache a preflight response. */
  readonly maxAge?: number;
}

export const isPreflight = ({ method, headers }: IncomingMessage) =>
  method === "OPTIONS" && headers.origin !== undefined && headers["access-control-request-method"] !== undefined;

const listed = (name: string, values: readonly string[] | undefined): OutgoingHttpHeaders =>
  values && values.length > 0 ? { [name]: values.join(",") } : {};

function allowedOrigin({ allowOrigins = [] }: Cors, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (allowOrigins.includes("*")) return "*";
  const schemes = allowOrigins.filter((each) => each.endsWith("://*")).map((each) => each.slice(0, -1));
  return allowOrigins.includes(origin) || schemes.some((scheme) => origin.startsWith(scheme)) ? origin : undefined;
}

/** Returns the CORS headers that API Gateway adds to a response. They replace the function's. */
export function corsHeaders(cors: Cors, request: IncomingMessage): OutgoingHttpHeaders {
  const origin = allowedOrigin(cors, request.headers.origin);
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    ...(origin !== "*" && { vary: "Origin" }),
    ...(cors.allowCredentials && { "access-control-allow-credentials": "true" }),
    ...listed("access-control-expose-headers", cors.exposeHeaders),
    ...(isPreflight(request) && {
      ...listed("access-control-allow-methods", cors.allowMethods),
      ...listed("access-control-allow-headers", cors.allowHeaders),
      ...(cors.maxAge !== undefined && { "access-control-max-age": String(cors.maxAge) }),
    }),
  };
}

/** Removes a function's CORS headers, because the gateway sets its own. */
export const withoutCors = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("access-control-")));
