import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** A request as it reaches API Gateway or a function URL. */
export interface EventRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  /** Names in lower case, one value per header. */
  readonly headers: Readonly<Record<string, string>>;
  /** IP address of the client. */
  readonly address: string;
  readonly port: number;
}

/** The values that differ between the two services with payload format 2.0: API Gateway and Lambda's function URLs. */
export interface EventSource {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly requestId: string;
  readonly routeKey: string;
  readonly stage: string;
  readonly rawPath: string;
  /** Decoded path, if it differs from `rawPath`. Function URLs do not decode `rawPath`. */
  readonly decodedPath?: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly authorizer?: unknown;
  /** Whether `headers` includes `cookie`, in addition to the list of cookies. Only for function URLs. */
  readonly keepsCookieHeader: boolean;
}

const notForwarded = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);
const textType = /^(text\/[^;]+|application\/(json|xml|javascript))$/i;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const twoDigits = (value: number) => String(value).padStart(2, "0");

/** Formats a time as in `12/Mar/2020:19:03:58 +0000`. */
function logTime(time: Date): string {
  const day = `${twoDigits(time.getUTCDate())}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}`;
  return `${day}:${time.toISOString().slice(11, 19)} +0000`;
}

/**
 * Returns the headers with names in lower case, without hop-by-hop headers. Joins multiple values with commas, or
 * cookies with semicolons.
 */
export function joinHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct)
      .filter(([name]) => !notForwarded.has(name))
      .map(([name, values = []]) => [name, values.join(name === "cookie" ? "; " : ",")]),
  );
}

export const eventRequest = (request: IncomingMessage): EventRequest => ({
  method: request.method ?? "GET",
  url: request.url ?? "/",
  headers: joinHeaders(request),
  address: request.socket.remoteAddress ?? "127.0.0.1",
  port: request.socket.localPort ?? 0,
});

/**
 * Whether a body is passed as text: only a few media types, in UTF-8. Types with a suffix (`+json`) and forms are
 * passed as base64.
 */
function isText({
  "content-type": type = "",
  "content-encoding": encoding,
}: Readonly<Record<string, string>>): boolean {
  const [media = "", ...parameters] = type.split(";").map((part) => part.trim());
  const inUtf8 = parameters.every(
    (parameter) => !/^charset=/i.test(parameter) || /^charset="?utf-8"?$/i.test(parameter),
  );
  return textType.test(media) && inUtf8 && encoding === undefined;
}

/** Creates an X-Ray trace id, which contains the current time. */
function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000);
  return `Root=1-${seconds.toString(16)}-${randomBytes(12).toString("hex")}`;
}

function joinQuery(query: string): Record<string, string> | undefined {
  if (query === "") return undefined;
  const grouped = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  return Object.fromEntries([...grouped].map(([name, pairs]) => [name, pairs.map(([, value]) => value).join(",")]));
}

/** Appends the client's address to `x-forwarded-for`. */
function forwardedFor(headers: Readonly<Record<string, string>>, address: string): string {
  return headers["x-forwarded-for"] ? `${headers["x-forwarded-for"]}, ${address}` : address;
}

/** Builds the event for a function: payload format 2.0. */
export function httpEvent(
  { method, url, headers: given, address, port }: EventRequest,
  body: Buffer,
  source: EventSource,
): unknown {
  const query = url.includes("?") ? url.slice(url.indexOf("?") + 1) : "";
  const { cookie, ...others } = given;
  const headers = {
    "x-amzn-trace-id": newTraceId(),
    "x-forwarded-port": String(port),
    "x-forwarded-proto": "http",
    ...(source.keepsCookieHeader && cookie !== undefined && { cookie }),
    ...others,
    "x-forwarded-for": forwardedFor(others, address),
  };
  const readable = isText(others);
  const now = new Date();
  const queryStringParameters = joinQuery(query);
  return {
    version: "2.0",
    routeKey: source.routeKey,
    rawPath: source.rawPath,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/).filter((each) => each !== "") }),
    headers,
    ...(queryStringParameters && { queryStringParameters }),
    requestContext: {
      accountId: source.accountId,
      apiId: source.apiId,
      ...(source.authorizer !== undefined && { authorizer: source.authorizer }),
      domainName: source.domainName,
      domainPrefix: source.domainName.split(".")[0],
      http: {
        method,
        path: source.decodedPath ?? source.rawPath,
        protocol: "HTTP/1.1",
        sourceIp: address,
        userAgent: others["user-agent"] ?? "",
      },
      requestId: source.requestId,
      routeKey: source.routeKey,
      stage: source.stage,
      time: logTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(source.pathParameters ?? {}).length > 0 && { pathParameters: source.pathParameters }),
    ...(body.length > 0 && { body: body.toString(readable ? "utf8" : "base64") }),
    isBase64Encoded: body.length > 0 && !readable,
  };
}
