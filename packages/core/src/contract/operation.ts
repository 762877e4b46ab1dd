import * as z from "zod";
import type { ProblemCode } from "./problem.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/**
 * Who can call an operation: anyone (`public`), a browser with a session cookie (`session`, checked by the handler
 * together with `Origin`), or a user with an access token (`user`, checked by the gateway's authorizer before the
 * handler).
 */
export type Access = "public" | "session" | "user";

/** Chosen by the client for each request, ideally a UUID. */
export const IdempotencyKey = z
  .string()
  .regex(/^[ -~]{1,255}$/, "1 to 255 printable ASCII characters")
  .meta({ example: "3f0a9c1e-5d0b-4f6e-9a53-0d6f0d9d2b11" });

/** One HTTP operation as plain data. Routes, the OpenAPI document, the typed client and tests are derived from it. */
export interface OperationSpec {
  readonly method: Method;
  /** Path in API Gateway's syntax: `/v1/lists/{listId}`. */
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly response: {
    readonly status: 200 | 201 | 202 | 204;
    readonly description: string;
    readonly body?: z.ZodType;
    /**
     * Members of the body that change without a new version. They are part of the entity tag, but `If-Match` ignores
     * them.
     */
    readonly derived?: readonly string[];
    /** The response links to the next page with a `Link` header (RFC 8288). */
    readonly paged?: true;
    /**
     * Description of the alternative response 202: the change is stored, and a part of its effect follows in the
     * background.
     */
    readonly later?: string;
  };
  /**
   * The client can send an `Idempotency-Key`. A request repeated with it within 24 hours has no further effect and gets
   * the first response.
   */
  readonly idempotent?: true;
  /**
   * How the response can be cached: not at all (tokens), privately with revalidation, or at the edge for these seconds.
   */
  readonly cache: "no-store" | "private" | { readonly edgeSeconds: number; readonly staleSeconds?: number };
  /** Problems of this operation, without those that the shared stack can return for every operation. */
  readonly problems?: readonly ProblemCode[];
}

export type Operation<Spec extends OperationSpec = OperationSpec, Id extends string = string> = Spec & {
  /** The same name in the contract, handler, function, OpenAPI document, client, logs and metrics. */
  readonly id: Id;
};

/** Declares the operations of a feature. The key of each operation is its id. */
export function defineOperations<const Specs extends Record<string, OperationSpec>>(
  specs: Specs,
): { readonly [Id in keyof Specs & string]: Operation<Specs[Id], Id> } {
  const named = Object.entries(specs).map(([id, spec]) => [id, { ...spec, id }]);
  // Object.fromEntries loses the type of each key; the mapped type above restates it.
  return Object.fromEntries(named) as { readonly [Id in keyof Specs & string]: Operation<Specs[Id], Id> };
}

/**
 * The part of an operation that a request needs, without the schemas, which are most of a contract's size in a browser.
 */
export type Route = Pick<OperationSpec, "method" | "path" | "access">;

/** Returns the operations without their schemas, as data that can be included in the build of a page. */
export const routesOf = (operations: Readonly<Record<string, Route>>): Readonly<Record<string, Route>> =>
  Object.fromEntries(
    Object.entries(operations).map(([id, { method, path, access }]) => [id, { method, path, access }]),
  );

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** Input of a handler: parsed, branded and with defaults applied. */
export interface Input<Spec extends OperationSpec> {
  readonly params: Parsed<Spec["params"]>;
  readonly query: Parsed<Spec["query"]>;
  readonly body: Parsed<Spec["body"]>;
}

/** Body of the response; undefined if there is none. */
export type Output<Spec extends OperationSpec> = Parsed<Spec["response"]["body"]>;

/**
 * Request of a client. Parts without a schema are omitted, and the query is optional. Ids are branded, so an id of
 * another kind does not compile.
 */
export type Request<Spec extends OperationSpec> = (Spec["params"] extends z.ZodType
  ? { params: Parsed<Spec["params"]> }
  : unknown) &
  (Spec["query"] extends z.ZodType ? { query?: Sent<Spec["query"]> } : unknown) &
  (Spec["body"] extends z.ZodType ? { body: Sent<Spec["body"]> } : unknown);
