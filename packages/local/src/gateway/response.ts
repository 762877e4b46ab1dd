import type { OutgoingHttpHeaders } from "node:http";
import { isObject, textRecord, texts } from "../json.ts";

/** A complete response. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** A response that the gateway itself generates. */
export function message(status: number, text: string, headers: OutgoingHttpHeaders = {}): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify({ message: text })),
  };
}

const notForwarded = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]);

function headersOf(value: unknown): OutgoingHttpHeaders | undefined {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).filter(([name]) => !notForwarded.has(name.toLowerCase()));
  if (entries.some(([, each]) => !["string", "number", "boolean"].includes(typeof each))) return undefined;
  return textRecord(Object.fromEntries(entries.map(([name, each]) => [name.toLowerCase(), String(each)])));
}

/**
 * Converts a function's result in payload format 2.0 to a response: the one that it describes or, without a status
 * code, its own JSON.
 * @returns `undefined` for a description that API Gateway does not accept
 */
export function httpResponse(result: unknown): HttpResponse | undefined {
  if (!isObject(result) || !("statusCode" in result)) {
    const body = Buffer.from(typeof result === "string" ? result : JSON.stringify(result));
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const { statusCode, body = "", cookies, isBase64Encoded } = result;
  const status = Number(statusCode);
  const headers = headersOf(result.headers);
  const valid = Number.isInteger(status) && status >= 200 && status < 600;
  if (!valid || !headers || (typeof body !== "string" && body !== null)) return undefined;
  const setCookies = texts(cookies);
  return {
    status,
    headers: {
      ...(body && { "content-type": "text/plain;charset=UTF-8" }),
      ...headers,
      ...(setCookies.length > 0 && { "set-cookie": setCookies }),
    },
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}
