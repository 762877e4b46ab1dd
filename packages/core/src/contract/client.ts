import { GatewayError, isProblemDetails, NetworkError, ProblemError } from "./failures.ts";
import type { Operation, Output, Request, Route } from "./operation.ts";

/** Options of a client. */
export interface ClientOptions {
  /** Origin of the API without a trailing slash. Empty for the origin of the page. */
  readonly baseUrl: string;
  /** Returns the access token for operations with `access: "user"`, or undefined if the user is not signed in. */
  readonly accessToken?: () => Promise<string | undefined>;
  readonly fetch?: typeof fetch;
}

/** Options of a single call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The expected version, or its entity tag. The API rejects the change for any other version. */
  readonly ifMatch?: number | string;
  /** Identifies one action of the user. Calls with the same key have the effect of one call. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response, with the values of its headers. */
export interface Answer<Data> {
  readonly data: Data;
  readonly status: number;
  readonly etag: string | undefined;
  /** Cursor of the next page, if there is one. */
  readonly next: string | undefined;
  readonly requestId: string | undefined;
  readonly headers: Headers;
}

type Call<Op extends Operation> =
  Record<never, never> extends Request<Op>
    ? (request?: Request<Op>, options?: CallOptions) => Promise<Answer<Output<Op>>>
    : (request: Request<Op>, options?: CallOptions) => Promise<Answer<Output<Op>>>;

/** One method per operation, named after the operation's id. */
export type ClientOf<Operations extends Readonly<Record<string, Operation>>> = {
  readonly [Id in keyof Operations]: Call<Operations[Id]>;
};

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/**
 * Creates a typed client of these operations, for browsers and tests. Every method throws ProblemError, GatewayError or
 * NetworkError.
 *
 * @param routes the operations of the contract, or the result of `routesOf`
 */
export function clientOf<Operations extends Readonly<Record<string, Operation>>>(
  routes: Readonly<Record<keyof Operations, Route>>,
  options: ClientOptions,
): ClientOf<Operations> {
  const calls = Object.entries<Route>(routes).map(([id, route]) => [
    id,
    (request: AnyRequest = {}, callOptions: CallOptions = {}) => call(options, route, request, callOptions),
  ]);
  // Object.fromEntries loses the type of each key; the mapped type restates it.
  return Object.fromEntries(calls) as ClientOf<Operations>;
}

async function call(
  options: ClientOptions,
  operation: Route,
  request: AnyRequest,
  { signal, ifMatch, idempotencyKey, headers: extra }: CallOptions,
): Promise<Answer<unknown>> {
  const headers = new Headers(extra);
  if (operation.access === "user" && !headers.has("authorization")) {
    const token = await options.accessToken?.();
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  }
  if (ifMatch !== undefined) headers.set("if-match", typeof ifMatch === "number" ? `"${ifMatch}"` : ifMatch);
  if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey);
  if (request.body !== undefined) {
    headers.set("content-type", operation.method === "PATCH" ? "application/merge-patch+json" : "application/json");
  }
  const response = await send(options, options.baseUrl + pathOf(operation.path, request), {
    method: operation.method,
    headers,
    credentials: "same-origin",
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    ...(signal && { signal }),
  });
  return {
    data: await read(response),
    status: response.status,
    etag: response.headers.get("etag") ?? undefined,
    next: nextCursor(response.headers.get("link")),
    requestId: requestIdOf(response),
    headers: response.headers,
  };
}

async function send(options: ClientOptions, url: string, init: RequestInit): Promise<Response> {
  try {
    return await (options.fetch ?? fetch)(url, init);
  } catch (cause) {
    throw new NetworkError("The server cannot be reached", { cause });
  }
}

/** Returns the body of a successful response. Throws for all other responses. */
async function read(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw new NetworkError("The answer broke off", { cause });
  });
  const body = parseJson(text);
  if (response.ok) return body;
  const wait = retryAfterSeconds(response.headers.get("retry-after"));
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  if (isProblem && isProblemDetails(body)) throw new ProblemError(body, wait);
  const message = typeof body === "object" && body !== null && "message" in body ? String(body.message) : "";
  throw new GatewayError(
    response.status,
    message || `The server answered ${response.status}`,
    requestIdOf(response),
    wait,
  );
}

/** Converts a `Retry-After` header, which is a number of seconds or a date (RFC 9110), to seconds from now. */
function retryAfterSeconds(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pathOf(template: string, { params = {}, query = {} }: AnyRequest): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

const requestIdOf = ({ headers }: Response) => headers.get("apigw-requestid") ?? undefined;

function nextCursor(link: string | null): string | undefined {
  const target = link?.match(/<([^>]*)>\s*;\s*rel="?next"?/)?.[1];
  if (target === undefined) return undefined;
  return new URLSearchParams(target.split("?")[1]).get("cursor") ?? undefined;
}
