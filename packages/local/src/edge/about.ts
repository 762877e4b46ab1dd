import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { isForeign } from "../http.ts";
import { type OriginResponse, plainResponse } from "./origins/origin.ts";

/**
 * Path at which the local cloud identifies itself to its pages. Nothing that is deployed responds here, and the program
 * must not use the path. By the response, a page detects that it runs locally, with the same build as in AWS.
 */
export const aboutPath = "/__local";

/**
 * Responds with the local cloud's information for pages, such as the URL of the mailbox. Refuses requests from other
 * sites with 403.
 */
export function aboutAnswer(request: IncomingMessage, about: () => unknown): OriginResponse {
  if (isForeign(request)) return plainResponse(403, "The local cloud answers only this machine.\n");
  const body = Buffer.from(JSON.stringify(about()));
  return {
    status: 200,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": body.length,
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
    },
    body: Readable.from([body]),
  };
}
