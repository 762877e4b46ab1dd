import type { Actor } from "@daybook/core/actor";
import type { Caller } from "@daybook/core/attempt/attempt.caller";
import { type Clock, systemClock } from "@daybook/core/clock";
import type { Input, Operation, OperationSpec } from "@daybook/core/contract/operation";
import type { RepeatableRequest } from "@daybook/core/db/idempotency";
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

/** What a handler works with: the parts of the request that the contract names, parsed, and who sent it. */
export interface HandlerInput<Spec extends OperationSpec> extends Input<Spec> {
  readonly actor: Spec["access"] extends "user" ? Actor : undefined;
  readonly clock: Clock;
  /** The request as one that can be repeated, when it carries an `Idempotency-Key`; what it creates is written with `writeOnce`. */
  readonly request: Spec["idempotent"] extends true ? RepeatableRequest | undefined : undefined;
  /** From `If-Match`. */
  readonly expectedVersions: readonly number[] | undefined;
  /** The value of the session cookie. */
  readonly cookie: string | undefined;
  readonly userAgent: string;
  /** Whose attempts it counts as: those of the browser that sends its device cookie, or of the address. */
  readonly caller: Caller;
}

/** @throws the problems that every operation may answer: validation, media type, size, origin */
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
  const input = {
    ...content,
    actor,
    clock: systemClock,
    request: repeatable(operation, key.data?.["Idempotency-Key"], { actor, clock: systemClock, content }),
    expectedVersions: expectedVersions(event.headers["if-match"]),
    cookie: readSessionCookie(event),
    userAgent: event.headers["user-agent"] ?? "",
    caller: { clientAddress: clientAddressOf(event), device: readDeviceCookie(event) },
  };
  if (invalid.length > 0) throw new Problem("validation-failed", { errors: invalid });
  // The types follow from the schemas, which were applied just now; the compiler cannot see that for an open `Op`.
  return input as HandlerInput<Op>;
}

/** Where a session cookie is read or set, and on every public write, the request must not come from a page of another site. */
function assertOrigin({ access, method }: Operation, event: HttpEvent): void {
  if (access === "user" || (access === "public" && method === "GET")) return;
  const { origin } = event.headers;
  // A program without cookies sends no origin, and needs none; whoever uses a session is a browser, and sends it.
  if (origin === undefined ? access === "session" : origin !== resources.origin())
    throw new Problem("origin-forbidden");
}

/** The gateway has verified the token. @throws session-missing for a token that is no access token */
function readActor({ requestContext }: HttpEvent): Actor {
  const claims = requestContext.authorizer?.jwt?.claims;
  if (claims?.token_use !== "access" || typeof claims.sub !== "string") throw new Problem("session-missing");
  return { userId: userIdOf(claims.sub) };
}

/** Of a member that is not there, what it should have been says less than that it is missing. */
const missing: z.core.$ZodErrorMap = ({ code, input }) =>
  code === "invalid_type" && input === undefined ? "Is missing" : undefined;

/** Zod's issues as JSON pointers; an unknown member is pointed to itself. */
function membersOf(error: z.ZodError, base: string): InvalidMember[] {
  return error.issues.flatMap((issue) => {
    const pointer = base + issue.path.map(segmentOf).join("");
    if (issue.code !== "unrecognized_keys") return [{ pointer, detail: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointer + segmentOf(key), detail: "Unknown member" }));
  });
}
