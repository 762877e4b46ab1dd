import { randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "../http.ts";
import type { Ground } from "../service.ts";
import type { Emulator, Principal } from "../service-types.ts";
import { decide } from "./decide.ts";
import type { Need } from "./evaluate.ts";
import { type Protocol, ServiceError, type ServiceResponse } from "./protocols.ts";
import { type Authentication, authenticate, type SignedRequest } from "./sigv4.ts";

/** Time that requests in progress have to finish when the front closes. */
const graceMs = 1000;

/** A parsed request: the permissions that it needs, and a function that runs it. */
export interface Call {
  /** `public` requires no signature, as for Cognito's sign-up. */
  readonly needs: readonly Need[] | "public";
  /** Principal whose signature in the body the service itself has verified, as S3 does for form uploads. */
  readonly signedBy?: Principal;
  /** @param caller undefined only for a public call without a valid signature */
  run(caller: Principal | undefined): ServiceResponse | Promise<ServiceResponse>;
}

/** The API of an AWS service behind a front. */
export interface ServiceApi {
  /** Name in the log: `dynamodb`. */
  readonly name: string;
  readonly signingName: string;
  /**
   * The single region of a global service, which is also accepted in signatures. Clients sign for it if they do not
   * know the local endpoint.
   */
  readonly onlyRegion?: string;
  readonly protocol: Protocol;
  /** @throws ServiceError for a request that the service does not understand */
  read(request: SignedRequest): Call;
  /** Returns headers for every response to a request, including errors. */
  headersFor?(request: SignedRequest): Readonly<Record<string, string>>;
}

export interface FrontOptions extends Pick<Ground, "graph" | "principals" | "log"> {
  /** Port to listen on. 0, the default, picks a free port. */
  readonly port?: number | undefined;
  /** Called for every permission that was needed and granted, so that unused grants can be found. */
  readonly onAllowed?: ((principal: Principal, action: string, resource: string) => void) | undefined;
}

export interface Front extends Emulator {
  readonly port: number;
  readonly url: string;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks);
}

async function requestOf(message: IncomingMessage): Promise<SignedRequest> {
  const target = message.url ?? "/";
  const at = target.indexOf("?");
  return {
    method: message.method ?? "GET",
    path: at < 0 ? target : target.slice(0, at),
    query: at < 0 ? "" : target.slice(at + 1),
    headers: message.headers,
    body: await bodyOf(message),
  };
}

/** Returns a function that checks a caller's policies. It throws a ServiceError if a permission is missing. */
function createAuthorise(api: ServiceApi, { graph, log, onAllowed }: FrontOptions) {
  const { status, code } = api.protocol.accessDenied;
  return function authorise(principal: Principal, needs: readonly Need[]): void {
    for (const need of needs) {
      const decision = decide(principal, need, graph.region);
      if (!decision.allowed) {
        const what = `${need.action} on resource: ${need.resource} ${decision.reason}`;
        log.warn(api.name, `AccessDenied ${principal.name}: ${what.replace(" on resource:", " on")}`);
        throw new ServiceError(status, code, `User: ${principal.arn} is not authorized to perform: ${what}`);
      }
      onAllowed?.(principal, need.action, need.resource);
    }
  };
}

/** Returns a function that authenticates, authorizes and runs requests. It throws a ServiceError for every refusal. */
function createAnswer(api: ServiceApi, options: FrontOptions) {
  const { graph, principals, log } = options;
  const authorise = createAuthorise(api, options);

  function callOf(request: SignedRequest): Call | ServiceError {
    try {
      return api.read(request);
    } catch (error) {
      if (error instanceof ServiceError) return error;
      throw error;
    }
  }

  return async function answer(request: SignedRequest): Promise<ServiceResponse> {
    const call = callOf(request);
    const authentication: Authentication =
      "signedBy" in call && call.signedBy
        ? { ok: true, principal: call.signedBy, presigned: true }
        : authenticate(request, principals, {
            region: graph.region,
            service: api.signingName,
            otherRegion: api.onlyRegion,
          });
    if (!(call instanceof ServiceError) && call.needs === "public")
      return call.run(authentication.ok ? authentication.principal : undefined);
    if (!authentication.ok) {
      const { reason, detail } = authentication.rejection;
      const { status, code, message = detail } = api.protocol.rejections[reason];
      log.warn(api.name, `${code}: ${detail}`);
      throw new ServiceError(status, code, message);
    }
    if (call instanceof ServiceError) throw call;
    if (call.needs !== "public") authorise(authentication.principal, call.needs);
    return call.run(authentication.principal);
  };
}

/**
 * Serves one AWS service on 127.0.0.1. Verifies the signature and checks the caller's policies for every permission
 * that the request needs, then runs the request. Errors have the service's format and are logged.
 */
export async function startFront(api: ServiceApi, options: FrontOptions): Promise<Front> {
  const { log, port = 0 } = options;
  const { protocol, name } = api;
  const answer = createAnswer(api, options);

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const request = await requestOf(message);
    const result = await answer(request).catch((error: unknown) => {
      if (error instanceof ServiceError) return protocol.format(error, requestId);
      log.error(name, `${message.method} ${message.url}: ${error instanceof Error ? error.stack : String(error)}`);
      const failure = new ServiceError(500, "InternalFailure", "The local cloud failed. See its log.");
      return protocol.format(failure, requestId);
    });
    const { body = "" } = result;
    response.writeHead(result.status, {
      [protocol.requestIdHeader]: requestId,
      "content-length": typeof body === "string" ? Buffer.byteLength(body) : body.byteLength,
      ...api.headersFor?.(request),
      ...result.headers,
    });
    response.end(message.method === "HEAD" ? undefined : body);
  }

  const server = http.createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    respond(message, response).catch(() => response.destroy());
  });
  const listening = await listen(server, port, graceMs);
  return { ...listening, url: `http://127.0.0.1:${listening.port}` };
}
