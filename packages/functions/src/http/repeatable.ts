import { createHash } from "node:crypto";
import type { Actor } from "@daybook/core/call-context";
import type { Clock } from "@daybook/core/clock";
import { IdempotencyKey, type Operation } from "@daybook/core/contract/operation";
import type { RepeatableRequest } from "@daybook/core/db/idempotency";
import * as z from "zod";
import type { HttpEvent } from "./event.ts";

/** Returns the `Idempotency-Key` of a request, if its operation accepts one. */
export function readKey({ idempotent }: Operation, { headers }: HttpEvent) {
  return z
    .object({ "Idempotency-Key": IdempotencyKey.optional() })
    .safeParse({ "Idempotency-Key": idempotent && headers["idempotency-key"] });
}

/**
 * Returns a request with its idempotency key. The fingerprint covers the parsed content, so that white space and the
 * order of fields do not matter.
 */
export function repeatable(
  { id }: Operation,
  key: string | undefined,
  { actor, clock, content }: { actor: Actor | undefined; clock: Clock; content: unknown },
): RepeatableRequest | undefined {
  if (key === undefined || !actor) return undefined;
  const fingerprint = createHash("sha256").update(JSON.stringify(content)).digest("base64url");
  return { userId: actor.userId, operation: id, key, fingerprint, receivedAt: clock.now() };
}
