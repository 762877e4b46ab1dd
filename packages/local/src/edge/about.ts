import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { isForeign } from "../http.ts";
import { type OriginResponse, plainResponse } from "./origins/origin.ts";

/**
 * Where the local cloud tells its own pages of itself. Nothing that is deployed answers here, and the path is none of the
 * program's: by its answer the same build of a page knows that it runs on a laptop.
 */
export const aboutPath = "/__local";

/** What a local cloud tells: where its mail is, and whatever else its owner wants pages to know. */
export function aboutAnswer(request: IncomingMessage, about: () => unknown): OriginResponse {
  if (isForeign(request)) return plainResponse(403, "The local cloud answers this machine alone.\n");
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
