import { createHash } from "node:crypto";
import type { Actor } from "@daybook/core/actor";
import type { Clock } from "@daybook/core/clock";
import { IdempotencyKey, type Operation } from "@daybook/core/contract/operation";
import type { RepeatableRequest } from "@daybook/core/db/idempotency";
import * as z from "zod";
import type { HttpEvent } from "./event.ts";

/** The `Idempotency-Key` of a request, where its operation takes one. */
export function readKey({ idempotent }: Operation, { headers }: HttpEvent) {
  return z
    .object({ "Idempotency-Key": IdempotencyKey.optional() })
    .safeParse({ "Idempotency-Key": idempotent && headers["idempotency-key"] });
}

/** A request under its key; `content` is what was parsed of it, so that white space and the order of members make no difference. */
export function repeatable(
  { id }: Operation,
  key: string | undefined,
  { actor, clock, content }: { actor: Actor | undefined; clock: Clock; content: unknown },
): RepeatableRequest | undefined {
  if (key === undefined || !actor) return undefined;
  const fingerprint = createHash("sha256").update(JSON.stringify(content)).digest("base64url");
  return { userId: actor.userId, operation: id, key, fingerprint, receivedAt: clock.now() };
}
