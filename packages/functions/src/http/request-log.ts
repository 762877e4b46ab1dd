import { isProblem } from "@daybook/core/problem";
import type { MiddlewareObj } from "@middy/core";
import { describeError, isColdStart, logger } from "../log.ts";
import { clientAddressOf } from "./edge.ts";
import type { HttpEvent, HttpResponse } from "./event.ts";

/** Logs one line per request with the response status and the client address, without request content. */
export function requestLog(operation: string): MiddlewareObj<HttpEvent, HttpResponse> {
  // A function instance handles one request at a time.
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
