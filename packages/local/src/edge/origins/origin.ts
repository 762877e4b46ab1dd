import type { OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";

/** A request on its way to an origin, after the viewer-request function. */
export interface OriginRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly url: string;
  /** Names in lower case, one value each; no `host`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether CloudFront signed it by origin access control. */
  readonly signed?: boolean;
  readonly body: Readable;
  /** Ends the call when CloudFront waits no longer. */
  readonly signal?: AbortSignal;
}

/** What an origin answered, before CloudFront's own part. */
export interface OriginResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Readable | undefined;
  /** What answered, for the log. */
  readonly from?: string;
  /** By which the origin's own log lines are found. */
  readonly requestId?: string;
}

/** An answer of a line of text. */
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
