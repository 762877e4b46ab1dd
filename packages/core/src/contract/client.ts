import type { operations } from "../api.ts";
import { GatewayError, isProblemDetails, NetworkError, ProblemError } from "./failures.ts";
import type { Operation, Output, Request } from "./operation.ts";
import type { Route, Routes } from "./routes.ts";

export { GatewayError, NetworkError, ProblemError };

type Operations = typeof operations;

/** How a client reaches the API. */
export interface ClientOptions {
  /** The origin of the API, without a slash at the end; empty for a page's own. */
  readonly baseUrl: string;
  /** The token for operations of a signed-in user; nothing when there is none. */
  readonly accessToken?: () => Promise<string | undefined>;
  readonly fetch?: typeof fetch;
  /** Checks every answer, as `checkAnswer` does. Left out by default: the API is trusted, and checking is not for free. */
  readonly check?: (id: keyof Operations, data: unknown) => unknown;
}

/** What a single call may add. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The version that the caller knows, or its entity tag: other versions are not changed. */
  readonly ifMatch?: number | string;
  /** Names what a person did: however often the call is repeated with the same key, it has its effect once. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, with what its headers tell. */
export interface Answer<Data> {
  readonly data: Data;
  readonly status: number;
  readonly etag: string | undefined;
  /** The cursor of the next page, if there is one. */
  readonly next: string | undefined;
  readonly requestId: string | undefined;
  readonly headers: Headers;
}

type Call<Op extends Operation> =
  Record<never, never> extends Request<Op>
    ? (request?: Request<Op>, options?: CallOptions) => Promise<Answer<Output<Op>>>
    : (request: Request<Op>, options?: CallOptions) => Promise<Answer<Output<Op>>>;

/** One method for each operation, named by its id. */
export type Client = { readonly [Id in keyof Operations]: Call<Operations[Id]> };

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/**
 * The typed client of the API, made from the contract: in the browser, and in tests.
 *
 * Every method throws ProblemError, GatewayError or NetworkError.
 *
 * @param routes the contract's operations themselves, or what `routesOf` leaves of them
 */
export function createClient(routes: Routes, { check, ...options }: ClientOptions): Client {
  // Object.entries forgets that the keys are ids; Routes says it.
  const calls = (Object.entries(routes) as [keyof Routes, Route][]).map(([id, route]) => [
    id,
    async (request: AnyRequest = {}, callOptions: CallOptions = {}) => {
      const answer = await call(options, route, request, callOptions);
      return check ? { ...answer, data: check(id, answer.data) } : answer;
    },
  ]);
  // Object.fromEntries forgets which key holds which method; the mapped type restates it.
  return Object.fromEntries(calls) as Client;
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

/** The body of a good answer; every other answer is thrown. */
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

/** A number of seconds or a date (RFC 9110), as seconds from now on. */
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
