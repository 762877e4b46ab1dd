import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { joinHeaders } from "../../gateway/event.ts";
import { type JsonObject, object, objects, text } from "../../json.ts";
import { type OriginResponse, plainResponse } from "../origins/origin.ts";

/** The parts of a request that a viewer-request function can change, in HTTP syntax. */
export interface ViewerRequest {
  /** Encoded path. */
  readonly uri: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Groups names and values in CloudFront's event structure. */
function multiValues(pairs: readonly (readonly [string, string])[]): Record<string, object> {
  const grouped = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...grouped].map(([name, all]) => {
      const values = all.map(([, value]) => ({ value }));
      return [name, { value: all.at(-1)?.[1] ?? "", ...(values.length > 1 && { multiValue: values }) }];
    }),
  );
}

const splitAtFirst = (part: string): [string, string] => {
  const at = part.indexOf("=");
  return at === -1 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
};

const pairsOf = (whole: string, separator: RegExp) =>
  whole
    .split(separator)
    .filter((part) => part !== "")
    .map(splitAtFirst);

/** Builds the event of a viewer-request function. Names and values of the query remain encoded. */
export function viewerEvent(request: IncomingMessage): { readonly request: JsonObject } {
  const [uri = "/", ...query] = (request.url ?? "/").split("?");
  const { cookie = "", ...headers } = joinHeaders(request);
  const event = {
    version: "1.0",
    context: { eventType: "viewer-request" },
    viewer: { ip: request.socket.remoteAddress ?? "127.0.0.1" },
    request: {
      method: request.method,
      uri,
      querystring: multiValues(pairsOf(query.join("?"), /&/)),
      headers: multiValues(Object.entries(headers)),
      cookies: multiValues(pairsOf(cookie, /;\s*/)),
    },
  };
  return event;
}

/** Joins names and values as `name=value`, with one pair for each value. */
function joinPairs(values: unknown, separator: string): string {
  return Object.entries(object(values))
    .flatMap(([name, entry]) => {
      const { value, multiValue } = object(entry);
      const all = multiValue === undefined ? [value] : objects(multiValue).map((each) => each.value);
      return all.map((each) => `${name}=${each ?? ""}`);
    })
    .join(separator);
}

function joinHeaderValues(values: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object(values)).map(([name, entry]) => [name.toLowerCase(), text(object(entry).value) ?? ""]),
  );
}

/** Returns the request that the function returned. If the query did not change, it keeps its original text. */
export function changedRequest(request: JsonObject, original: IncomingMessage): ViewerRequest {
  const { uri, querystring, headers, cookies } = request;
  const sent = (original.url ?? "").split("?").slice(1).join("?");
  const joined = joinPairs(querystring, "&");
  const untouched = joined === joinPairs(multiValues(pairsOf(sent, /&/)), "&");
  const cookie = joinPairs(cookies, "; ");
  return {
    uri: text(uri) ?? "/",
    query: untouched ? sent : joined,
    headers: { ...joinHeaderValues(headers), ...(cookie !== "" && { cookie }) },
  };
}

/** Converts a response that the function generated. */
export function functionResponse(response: JsonObject): OriginResponse {
  const { statusCode, headers, body, cookies } = response;
  const { data, encoding } = typeof body === "string" ? { data: body, encoding: "text" } : object(body);
  const content = Buffer.from(text(data) ?? "", encoding === "base64" ? "base64" : "utf8");
  const setCookies = Object.entries(object(cookies)).map(([name, cookie]) => {
    const { value = "", attributes } = object(cookie);
    return [`${name}=${value}`, ...(attributes ? [attributes] : [])].join("; ");
  });
  const own: OutgoingHttpHeaders = {
    ...joinHeaderValues(headers),
    ...(setCookies.length > 0 && { "set-cookie": setCookies }),
  };
  return {
    ...plainResponse(Number(statusCode), content.toString()),
    headers: { ...own, "content-length": content.length },
  };
}
