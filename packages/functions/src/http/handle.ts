import type { Operation } from "@daybook/core/contract/operation";
import { Problem } from "@daybook/core/problem";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { assertFromEdge } from "./edge.ts";
import type { HttpEvent, HttpResponse } from "./event.ts";
import { type HandlerInput, parse } from "./parse.ts";
import { problemDetails } from "./problem-details.ts";
import { requestLog } from "./request-log.ts";
import { type Result, respond } from "./respond.ts";

/** A Lambda handler with its operation id, so that handlers cannot be mixed up. */
export interface OperationHandler<Id extends string> {
  (event: HttpEvent, context: Context): Promise<HttpResponse>;
  readonly operationId: Id;
}

/** Creates the handler of an operation. Parses the request, runs the operation, and creates the response. */
export function handle<const Op extends Operation>(
  operation: Op,
  run: (input: HandlerInput<Op>) => Result<Op>,
): OperationHandler<Op["id"]> {
  return stack(operation.id, async (event) => respond(operation, event, (await run(parse(operation, event))) ?? {}));
}

/**
 * Creates the middy stack of all operations: log line, edge secret, problem details, and a response before the timeout.
 */
export function stack<const Id extends string>(
  operationId: Id,
  answer: (event: HttpEvent) => Promise<HttpResponse>,
): OperationHandler<Id> {
  const handler = middy<HttpEvent, HttpResponse>({
    timeoutEarlyInMillis: 200,
    timeoutEarlyResponse: () => {
      throw new Problem("temporarily-unavailable", { cause: new Error("The function's time ran out") });
    },
  })
    .use(requestLog(operationId))
    .before(({ event }) => assertFromEdge(event))
    .onError((request) => {
      request.response = problemDetails(request.error, request.event);
    })
    .handler(answer);
  return Object.assign((event: HttpEvent, context: Context) => handler(event, context), { operationId });
}
