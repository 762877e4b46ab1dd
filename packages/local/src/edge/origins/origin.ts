import type { OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";

/** A request to an origin, after the viewer-request function. */
export interface OriginRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly url: string;
  /** Names in lower case, one value per header. Without `host`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether CloudFront signed the request with origin access control. */
  readonly signed?: boolean;
  readonly body: Readable;
  /** Aborts the call after CloudFront's read timeout. */
  readonly signal?: AbortSignal;
}

/** An origin's response, before CloudFront's changes. */
export interface OriginResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Readable | undefined;
  /** The origin that responded, for the log. */
  readonly from?: string;
  /** Id of the request in the origin's log. */
  readonly requestId?: string;
}

/** Builds a response with a short text. */
export const plainResponse = (status: number, text: string, headers: OutgoingHttpHeaders = {}): OriginResponse => ({
  status,
  headers: {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(text),
    ...headers,
  },
  body: Readable.from([Buffer.from(text)]),
});
