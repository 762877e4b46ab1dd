import { randomUUID } from "node:crypto";
import { EventRefusedError } from "../async-invocations/async-invocations.ts";
import type { ResolvedFunction } from "../graph/graph.ts";
import { type Call, type Front, type FrontOptions, type ServiceApi, startFront } from "../iam/front.ts";
import { restJson, ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import type { AsyncInvoker, Invoker } from "../service-types.ts";

export interface LambdaApiOptions extends FrontOptions {
  readonly invoker: Invoker & AsyncInvoker;
}

/** Error codes by the status of a refusal. The SDK creates its exceptions from them. */
const codes: Readonly<Record<number, string>> = {
  404: "ResourceNotFoundException",
  413: "RequestTooLargeException",
  429: "TooManyRequestsException",
};

function refusal(status: number, message: string, Reason?: string): ServiceError {
  return new ServiceError(status, codes[status] ?? "ServiceException", message, {
    Type: status < 500 ? "User" : "Service",
    ...(Reason !== undefined && { Reason }),
  });
}

function eventOf({ body }: SignedRequest): unknown {
  const text = Buffer.from(body).toString();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    const message = `Could not parse request body into json: Could not parse payload into json`;
    throw new ServiceError(400, "InvalidRequestContentException", message, { Type: "User" });
  }
}

const invocation = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

/** The Invoke operations of Lambda's API. The graph defines everything else. */
function lambdaService({ graph, invoker }: LambdaApiOptions): ServiceApi {
  /** Finds a function by name, ARN or partial ARN. The only version is `$LATEST`. */
  function find(reference: string, query: string): { fn: ResolvedFunction | undefined; arn: string } {
    const [, inner, own] = /(?:^|function:)([^:]+)(?::([^:]+))?$/.exec(reference) ?? [];
    const name = inner ?? reference;
    const qualifier = new URLSearchParams(query).get("Qualifier") ?? own;
    const base = `arn:aws:lambda:${graph.region}:${graph.account}:function:${name}`;
    const known = qualifier === undefined || qualifier === "$LATEST";
    return {
      fn: known ? graph.functions.find(({ arn }) => arn === base) : undefined,
      arn: qualifier === undefined ? base : `${base}:${qualifier}`,
    };
  }

  async function invoke(fn: ResolvedFunction, event: unknown): Promise<ServiceResponse> {
    const requestId = randomUUID();
    const outcome = await invoker.invoke(fn.arn, event, requestId);
    const headers = {
      "content-type": "application/json",
      "x-amz-executed-version": "$LATEST",
      "x-amzn-requestid": requestId,
    };
    if (outcome.ok) return { status: 200, headers, body: JSON.stringify(outcome.result) ?? "null" };
    if (outcome.refusal !== undefined) throw refusal(outcome.refusal, outcome.error.errorMessage, outcome.reason);
    return {
      status: 200,
      headers: { ...headers, "x-amz-function-error": "Unhandled" },
      body: JSON.stringify(outcome.error),
    };
  }

  async function accept(fn: ResolvedFunction, event: unknown): Promise<ServiceResponse> {
    const requestId = randomUUID();
    try {
      await invoker.invokeAsync(fn.arn, event, requestId);
    } catch (error) {
      if (error instanceof EventRefusedError) throw refusal(error.status, error.message);
      throw error;
    }
    return { status: 202, headers: { "x-amzn-requestid": requestId } };
  }

  function read(request: SignedRequest): Call {
    const [, encoded] = invocation.exec(request.path) ?? [];
    if (request.method !== "POST" || encoded === undefined) {
      const message = `The local cloud does not support Lambda's ${request.method} ${request.path}.`;
      throw new ServiceError(404, "UnknownOperationException", message);
    }
    const { fn, arn } = find(decodeURIComponent(encoded), request.query);
    return {
      needs: [{ action: "lambda:InvokeFunction", resource: arn }],
      async run() {
        if (!fn) throw refusal(404, `Function not found: ${arn}`);
        const event = eventOf(request);
        const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
        if (type === "DryRun") return { status: 204 };
        if (type === "Event") return accept(fn, event);
        if (type === "RequestResponse") return invoke(fn, event);
        throw new ServiceError(400, "InvalidParameterValueException", `There is no invocation type ${type}.`);
      },
    };
  }

  return { name: "lambda", signingName: "lambda", protocol: restJson, read };
}

/** Serves Lambda's Invoke API for SDK clients: `RequestResponse`, `Event` and `DryRun`. */
export async function startLambdaApi(options: LambdaApiOptions): Promise<Front> {
  const front = await startFront(lambdaService(options), options);
  return { ...front, endpoints: { AWS_ENDPOINT_URL_LAMBDA: front.url } };
}
