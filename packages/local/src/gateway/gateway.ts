import { randomBytes } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { graceMs } from "../closing.ts";
import type { Resource } from "../graph/graph.ts";
import { faultOf, type Listening, listen } from "../http.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Emulator, InvokeResult, Invoker } from "../service-types.ts";
import { type Access, type AccessOptions, createAccess } from "./access.ts";
import { readBody } from "./body.ts";
import { type Cors, corsHeaders, isPreflight, withoutCors } from "./cors.ts";
import { type EventSource, eventRequest, httpEvent } from "./event.ts";
import { type HttpResponse, httpResponse, message } from "./response.ts";
import { matchRoute, parseRoutes, type RouteMatch } from "./routes.ts";
import { createStages, type StagePath } from "./stages.ts";

/** Maximum length of a request's body, in bytes. */
const bodyLimit = 10 * 1024 * 1024;

/** Keep-alive timeout of idle connections, in milliseconds. The edge closes its connections earlier. */
const connectionMs = 10 * 60_000;

/** Maximum length of the request line and the header values, in bytes. */
const headLimit = 10_240;

export interface GatewayOptions extends AccessOptions {
  readonly invoker: Invoker;
  /** Ports by the API's name in the graph. Defaults to free ports. */
  readonly ports?: Readonly<Record<string, number>>;
  /** Time limit for a function in milliseconds. AWS's 30 seconds by default. */
  readonly integrationTimeoutMs?: number;
}

export interface Gateway extends Emulator {
  /** URLs by the API's name in the graph. */
  readonly urls: Readonly<Record<string, string>>;
}

/** A response, and the function to log with it. */
interface Outcome {
  readonly response: HttpResponse;
  readonly function?: string;
}

const refusal = (status: number, text: string): Outcome => ({ response: message(status, text) });

/** Creates a request id like API Gateway's. It contains no `+` or `/`, so that it is easy to search for in a log. */
const newRequestId = () => `${randomBytes(11).toString("base64").replace(/[+/]/g, "x")}`;

/**
 * Returns the response for a failed invocation. Only Lambda's own refusals (413 and 429) have a specific status. Every
 * error of the function is a 500.
 */
function failedInvocation({ refusal: status }: Extract<InvokeResult, { ok: false }>): HttpResponse {
  if (status === 413) return message(413, "Request Entity Too Large");
  if (status === 429) return message(503, "Service Unavailable");
  return message(500, "Internal Server Error");
}

/** Resolves to the invocation's result, or to `undefined` after the timeout. */
async function withTimeout(invocation: Promise<InvokeResult>, milliseconds: number): Promise<InvokeResult | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, milliseconds);
  try {
    return await Promise.race([invocation, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Handles the requests of one HTTP API, from the route to the function's response. */
function createApi(api: Resource, options: GatewayOptions) {
  const { graph, invoker, integrationTimeoutMs = 30_000 } = options;
  const routes = parseRoutes(graph.routes[api.name] ?? {});
  const stageOf = createStages(graph, api);
  const accessOf = createAccess(api, options);
  const accesses = new Map<string, Access>(routes.map((route) => [route.key, accessOf(route)]));
  const { disableExecuteApiEndpoint = false } = inputsOf<{ disableExecuteApiEndpoint: boolean }>(api);

  async function integrate(
    request: IncomingMessage,
    body: Buffer,
    match: RouteMatch,
    source: Pick<EventSource, "requestId" | "rawPath" | "stage" | "authorizer">,
  ): Promise<Outcome> {
    const { route, pathParameters } = match;
    // The integration is unsupported. The log named it when the cloud started.
    if (route.function === undefined) return refusal(500, "Internal Server Error");
    const fn = graph.functionOf(route.function);
    const event = httpEvent(eventRequest(request), body, {
      ...source,
      accountId: graph.account,
      apiId: api.id,
      domainName: (request.headers.host ?? "").replace(/:\d+$/, ""),
      routeKey: route.key,
      pathParameters,
      keepsCookieHeader: false,
    });
    const result = await withTimeout(invoker.invoke(route.function, event, source.requestId), integrationTimeoutMs);
    const named = { function: fn?.name ?? route.function };
    if (!result) return { ...named, response: message(503, "Service Unavailable") };
    if (!result.ok) return { ...named, response: failedInvocation(result) };
    return { ...named, response: httpResponse(result.result) ?? message(500, "Internal Server Error") };
  }

  return async (request: IncomingMessage, requestId: string): Promise<Outcome> => {
    if (disableExecuteApiEndpoint) return refusal(404, "Not Found");
    if (faultOf(request)) return refusal(400, "Bad Request");
    if (lengthOf(request) > headLimit) return refusal(431, "Request Header Fields Too Large");
    let match: RouteMatch | undefined;
    let rawPath: string;
    let at: StagePath | undefined;
    try {
      // AWS decodes twice: routes are matched against the path decoded once, and functions get the path decoded twice.
      const [path = "/"] = decodeURIComponent(pathOf(request)).split("?");
      rawPath = decodeURIComponent(path);
      at = stageOf(path);
      match = at && matchRoute(routes, request.method ?? "", at.path);
    } catch {
      return refusal(400, "Bad Request");
    }
    if (!at || !match) return refusal(404, "Not Found");
    if (!at.stage.throttleOf(match.route.key).admits()) return refusal(429, "Too Many Requests");
    const access = accesses.get(match.route.key);
    if (!access) return refusal(403, "Forbidden");
    let reading: Promise<Buffer | undefined> | undefined;
    const bodyOf = () => (reading ??= readBody(request, bodyLimit));
    const visit = { request, stage: at.stage.name, path: at.path, body: bodyOf };
    const authorization = await access(visit);
    if (!authorization.allowed) return { response: authorization.response };
    const body = await bodyOf();
    if (!body) return { response: message(413, "Request Entity Too Large") };
    const source = { requestId, rawPath, stage: at.stage.name, authorizer: authorization.authorizer };
    return integrate(request, body, match, source);
  };
}

const pathOf = ({ url = "/" }: IncomingMessage) => url.split("?")[0] ?? "/";

/** Length of the request line and the header values, in bytes. */
function lengthOf({ method = "", url = "", httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}`.length;
  return rawHeaders.reduce((sum, part, i) => (i % 2 === 0 ? sum : sum + part.length), line);
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  const length = status === 204 || status === 304 ? {} : { "content-length": body.length };
  response.writeHead(status, { ...headers, ...length }).end(body);
}

/** Starts API Gateway: each HTTP API of the graph on its own port, with routes, authorizers, throttling and CORS. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { graph, log, ports = {} } = options;
  const servers = new Map<string, Listening>();

  function createServer(api: Resource): http.Server {
    const handle = createApi(api, options);
    const { corsConfiguration } = inputsOf<{ corsConfiguration: Cors }>(api);
    const cors = corsConfiguration?.allowOrigins ? corsConfiguration : undefined;
    // The gateway, not Node, refuses a head that is too long.
    return http.createServer({ maxHeaderSize: 65_536, keepAliveTimeout: connectionMs }, async (request, response) => {
      const startedAt = performance.now();
      const requestId = newRequestId();
      const preflight = cors !== undefined && isPreflight(request);
      const outcome = preflight
        ? { response: { status: 204, headers: {}, body: Buffer.alloc(0) } }
        : await handle(request, requestId).catch((error: unknown): Outcome => {
            log.error(api.name, error instanceof Error ? (error.stack ?? error.message) : String(error), requestId);
            return refusal(500, "Internal Server Error");
          });
      const { status, headers, body } = outcome.response;
      const own = cors ? { ...withoutCors(headers), ...corsHeaders(cors, request) } : headers;
      send(response, { status, headers: { ...own, "apigw-requestid": requestId }, body });
      const ms = Math.round(performance.now() - startedAt);
      const line = [request.method, pathOf(request), status, `${ms} ms`, outcome.function].filter(
        (part) => part !== undefined,
      );
      log.info(api.name, line.join(" "), requestId);
    });
  }

  for (const api of graph.all("aws:apigatewayv2:Api")) {
    servers.set(api.name, await listen(createServer(api), ports[api.name] ?? 0, graceMs));
  }
  return {
    urls: Object.fromEntries([...servers].map(([name, { port }]) => [name, `http://127.0.0.1:${port}`])),
    close: async () => void (await Promise.all([...servers.values()].map((server) => server.close()))),
  };
}
