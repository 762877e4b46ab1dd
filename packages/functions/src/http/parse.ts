import type { AttemptContext } from "@daybook/core/attempt/attempt.service";
import type { Actor, ConditionalContext, RepeatableContext, UserContext } from "@daybook/core/call-context";
import { systemClock } from "@daybook/core/clock";
import type { Input, Operation, OperationSpec } from "@daybook/core/contract/operation";
import { userIdOf } from "@daybook/core/ids";
import { type InvalidMember, Problem } from "@daybook/core/problem";
import * as z from "zod";
import { resources } from "../resources.ts";
import { readDeviceCookie, readSessionCookie } from "./cookie.ts";
import { clientAddressOf } from "./edge.ts";
import { expectedVersions } from "./etag.ts";
import type { HttpEvent } from "./event.ts";
import { readJson, segmentOf } from "./json.ts";
import { readKey, repeatable } from "./repeatable.ts";

/** Input of a handler: the parsed parts of the request that the contract names, and the context for the services. */
export interface HandlerInput<Spec extends OperationSpec> extends Input<Spec> {
  readonly ctx: ContextOf<Spec>;
  /** Value of the session cookie. */
  readonly cookie: string | undefined;
  readonly userAgent: string;
}

/** The context of an operation. Only operations that can return version-conflict accept `If-Match`. */
type ContextOf<Spec extends OperationSpec> = AttemptContext &
  (Spec["access"] extends "user" ? UserContext : unknown) &
  (Spec["idempotent"] extends true ? RepeatableContext : unknown) &
  ("version-conflict" extends ProblemOf<Spec> ? ConditionalContext : unknown);

type ProblemOf<Spec extends OperationSpec> = Spec extends { readonly problems: infer Codes extends readonly unknown[] }
  ? Codes[number]
  : never;

/** Parses a request. @throws the problems that every operation may return: validation, media type, size, origin */
export function parse<Op extends Operation>(operation: Op, event: HttpEvent): HandlerInput<Op> {
  assertOrigin(operation, event);
  const invalid: InvalidMember[] = [];
  const read = (schema: z.ZodType | undefined, value: unknown, base: string): unknown => {
    const result = (schema ?? z.strictObject({})).safeParse(value, { error: missing });
    if (!result.success) invalid.push(...membersOf(result.error, base));
    return schema && result.data;
  };
  const key = readKey(operation, event);
  if (!key.success) invalid.push(...membersOf(key.error, "/header"));
  const content = {
    params: read(operation.params, event.pathParameters ?? {}, "/path"),
    query: read(operation.query, event.queryStringParameters ?? {}, "/query"),
    body: operation.body && read(operation.body, readJson(operation, event), ""),
  };
  const actor = operation.access === "user" ? readActor(event) : undefined;
  const ctx = {
    actor,
    clock: systemClock,
    request: repeatable(operation, key.data?.["Idempotency-Key"], { actor, clock: systemClock, content }),
    expected: expectedVersions(event.headers["if-match"]),
    caller: { clientAddress: clientAddressOf(event), device: readDeviceCookie(event) },
  };
  const cookie = readSessionCookie(event);
  const input = { ...content, ctx, cookie, userAgent: event.headers["user-agent"] ?? "" };
  if (invalid.length > 0) throw new Problem("validation-failed", { errors: invalid });
  // The schemas guarantee these types, but the compiler cannot infer that for a generic `Op`.
  return input as HandlerInput<Op>;
}

/** Rejects requests from other sites for operations that use the session cookie, and for public writes. */
function assertOrigin({ access, method }: Operation, event: HttpEvent): void {
  if (access === "user" || (access === "public" && method === "GET")) return;
  const { origin } = event.headers;
  // A program without cookies sends no Origin header and needs none. A browser, which a session needs, sends it.
  if (origin === undefined ? access === "session" : origin !== resources.origin())
    throw new Problem("origin-forbidden");
}

/**
 * Returns the actor of a token that the gateway has verified. @throws session-missing for a token that is not an access
 * token
 */
function readActor({ requestContext }: HttpEvent): Actor {
  const claims = requestContext.authorizer?.jwt?.claims;
  if (claims?.token_use !== "access" || typeof claims.sub !== "string") throw new Problem("session-missing");
  return { userId: userIdOf(claims.sub) };
}

/** Reports a missing field as "Is missing" instead of Zod's type error. */
const missing: z.core.$ZodErrorMap = ({ code, input }) =>
  code === "invalid_type" && input === undefined ? "Is missing" : undefined;

/** Converts Zod's issues to JSON pointers. An unknown field gets its own pointer. */
function membersOf(error: z.ZodError, base: string): InvalidMember[] {
  return error.issues.flatMap((issue) => {
    const pointer = base + issue.path.map(segmentOf).join("");
    if (issue.code !== "unrecognized_keys") return [{ pointer, detail: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointer + segmentOf(key), detail: "Unknown member" }));
  });
}
