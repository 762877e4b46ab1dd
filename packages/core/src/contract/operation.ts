import * as z from "zod";
import type { ProblemCode } from "./problem.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/**
 * Who may call an operation: anyone; a browser that holds a session cookie (checked by our own code, together with `Origin`);
 * or a user with an access token (checked by the gateway's authorizer before a handler runs).
 */
export type Access = "public" | "session" | "user";

/** Chosen by the client for one request: best a UUID. */
export const IdempotencyKey = z
  .string()
  .regex(/^[ -~]{1,255}$/, "1 to 255 printable ASCII characters")
  .meta({ example: "3f0a9c1e-5d0b-4f6e-9a53-0d6f0d9d2b11" });

/** One HTTP operation, as plain data: routes, the OpenAPI document, the typed client and the tests derive from it. */
export interface OperationSpec {
  readonly method: Method;
  /** API Gateway's syntax: `/v1/lists/{listId}`. */
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
    /** Members of the body that change without a new version: they are part of its entity tag, and no matter of `If-Match`. */
    readonly derived?: readonly string[];
    /** Pages are linked by a `Link` header (RFC 8288). */
    readonly paged?: true;
    /** When the answer is 202 instead: the effect is certain, and a part of it follows in the background. */
    readonly later?: string;
  };
  /**
   * A client may name the request with an `Idempotency-Key`: repeated within 24 hours, it has no further effect and gets the first
   * answer.
   */
  readonly idempotent?: true;
  /** What may be stored of the answer: nothing (tokens), a private copy that is revalidated, or a copy at the edge for the seconds given. */
  readonly cache: "no-store" | "private" | { readonly edgeSeconds: number; readonly staleSeconds?: number };
  /** The operation's own problems; those that the shared stack can answer for every operation are not repeated. */
  readonly problems?: readonly ProblemCode[];
}

export type Operation<Spec extends OperationSpec = OperationSpec, Id extends string = string> = Spec & {
  /** The same word in contract, handler, function, OpenAPI, client, log line and metric. */
  readonly id: Id;
};

/** Declares the operations of a feature; each takes its key as its id. */
export function defineOperations<const Specs extends Record<string, OperationSpec>>(
  specs: Specs,
): { readonly [Id in keyof Specs & string]: Operation<Specs[Id], Id> } {
  const named = Object.entries(specs).map(([id, spec]) => [id, { ...spec, id }]);
  // Object.fromEntries forgets which key holds which spec; the mapped type above restates it.
  return Object.fromEntries(named) as { readonly [Id in keyof Specs & string]: Operation<Specs[Id], Id> };
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a handler receives: parsed, branded and with defaults applied. */
export interface Input<Spec extends OperationSpec> {
  readonly params: Parsed<Spec["params"]>;
  readonly query: Parsed<Spec["query"]>;
  readonly body: Parsed<Spec["body"]>;
}

/** What the operation answers with; `undefined` where there is no body. */
export type Output<Spec extends OperationSpec> = Parsed<Spec["response"]["body"]>;

/** What a client sends; parts without a schema are left out, a query is optional. Ids are branded: one of another kind does not compile. */
export type Request<Spec extends OperationSpec> = (Spec["params"] extends z.ZodType
  ? { params: Parsed<Spec["params"]> }
  : unknown) &
  (Spec["query"] extends z.ZodType ? { query?: Sent<Spec["query"]> } : unknown) &
  (Spec["body"] extends z.ZodType ? { body: Sent<Spec["body"]> } : unknown);
