import { isProblem } from "@daybook/core/problem";
import type { MiddlewareObj } from "@middy/core";
import { describeError, startLine } from "../log.ts";
import { clientAddressOf } from "./edge.ts";
import type { HttpEvent, HttpResponse } from "./event.ts";

/** Logs one line per request with the response status and the client address, without request content. */
export function requestLog(operation: string): MiddlewareObj<HttpEvent, HttpResponse> {
  // A function instance handles one request at a time.
  let write: ReturnType<typeof startLine>;
  return {
    before(request) {
      const { requestId, authorizer } = request.event.requestContext;
      const sub = authorizer?.jwt?.claims.sub;
      const userId = typeof sub === "string" ? `usr_${sub}` : undefined;
      write = startLine("request", { requestId, operation, clientAddress: clientAddressOf(request.event), userId });
    },
    after: ({ response }) => write({ status: response?.statusCode }),
    onError({ response, error }) {
      const status = response?.statusCode ?? 500;
      if (isProblem(error) && status < 500) write({ status, problem: error.code });
      else write({ status }, { error: describeError(error) });
    },
  };
}
