import { isProblem } from "@daybook/core/problem";
import type { MiddlewareObj } from "@middy/core";
import { describeError, isColdStart, logger } from "../log.ts";
import { clientAddressOf } from "./edge.ts";
import type { HttpEvent, HttpResponse } from "./event.ts";

/** Writes one line for each request when its answer is known, with the client's address and nothing that the client sent. */
export function requestLog(operation: string): MiddlewareObj<HttpEvent, HttpResponse> {
  // An instance of a function serves one request at a time.
  let started = 0;
  const write = (event: HttpEvent, response: HttpResponse | null | undefined, error?: unknown) => {
    const sub = event.requestContext.authorizer?.jwt?.claims.sub;
    const status = response?.statusCode ?? 500;
    const fields = {
      requestId: event.requestContext.requestId,
      operation,
      clientAddress: clientAddressOf(event),
      ...(typeof sub === "string" && { userId: `usr_${sub}` }),
      status,
      durationMs: Math.round((performance.now() - started) * 10) / 10,
      coldStart: isColdStart(),
    };
    if (error === undefined) logger.info("request", fields);
    else if (isProblem(error) && status < 500) logger.info("request", { ...fields, problem: error.code });
    else logger.error("request", { ...fields, error: describeError(error) });
  };
  return {
    before: () => {
      started = performance.now();
    },
    after: ({ event, response }) => write(event, response),
    onError: ({ event, response, error }) => write(event, response, error),
  };
}
