import * as z from "zod";
import { operations } from "../api.ts";
import type { Operation, Output, Request } from "./operation.ts";
import { Problem } from "./problem.ts";

type Operations = typeof operations;

/** How a client reaches the API. */
export interface ClientOptions {
  /** The origin of the API, without a slash at the end; empty for a page's own. */
  readonly baseUrl: string;
  /** The token for operations of a signed-in user; nothing when there is none. */
  readonly accessToken?: () => Promise<string | undefined>;
  readonly fetch?: typeof fetch;
  /** Check every answer against the contract, strictly. Off by default: the API is trusted, and checking is not for free. */
  readonly validate?: boolean;
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

/** The API's own refusal: `problem` says what is wrong. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;
  readonly status: number;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
    this.status = problem.status;
  }
}

/** A refusal by what stands before the API: the gateway's 401 or 429, a proxy's 502. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(status: number, message: string, requestId: string | undefined) {
    super(message);
    this.status = status;
    this.requestId = requestId;
  }
}

/** No answer arrived: the network is down, or the call was cancelled (then `cause` is the signal's reason). */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/**
 * The typed client of the API, made from the contract: in the browser, and in tests.
 *
 * Every method throws ProblemError, GatewayError or NetworkError.
 */
export function createClient(options: ClientOptions): Client {
  const calls = Object.values(operations).map((operation) => [
    operation.id,
    (request: AnyRequest = {}, callOptions: CallOptions = {}) => call(options, operation, request, callOptions),
  ]);
  // Object.fromEntries forgets which key holds which method; the mapped type restates it.
  return Object.fromEntries(calls) as Client;
}

async function call(
  options: ClientOptions,
  operation: Operation,
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
  const data = await read(response);
  return {
    data: options.validate && operation.response.body ? strictly(operation.response.body, data) : data,
    status: response.status,
    etag: response.headers.get("etag") ?? undefined,
    next: nextCursor(response.headers.get("link")),
    requestId: requestIdOf(response),
    headers: response.headers,
  };
}

/** Parses an answer; members that the contract does not name are an error. */
function strictly(schema: z.ZodType, data: unknown): unknown {
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType && Array.isArray(data)) {
    const { element } = schema;
    return schema.parse(data.map((item) => strictly(element, item)));
  }
  const { def } = schema._zod;
  return schema instanceof z.ZodObject && !("catchall" in def && def.catchall)
    ? schema.strict().parse(data)
    : schema.parse(data);
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
  const problem = response.headers.get("content-type")?.startsWith("application/problem+json")
    ? Problem.safeParse(body)
    : undefined;
  if (problem?.success) throw new ProblemError(problem.data);
  const message = typeof body === "object" && body !== null && "message" in body ? String(body.message) : "";
  throw new GatewayError(response.status, message || `The server answered ${response.status}`, requestIdOf(response));
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
