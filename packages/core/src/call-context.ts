import type { Clock } from "./clock.ts";
import type { RepeatableRequest } from "./db/idempotency.ts";
import type { ExpectedVersions } from "./db/version.ts";
import type { UserId } from "./ids.ts";
import { Problem } from "./problem.ts";

/*
 * The first argument of the services: who calls, when, and under which conditions. A service names the smallest context
 * that it needs, so that, for example, an operation without an access token cannot call a service that needs an actor.
 */

/** The context of every call: of an operation, an event or a scheduled job. */
export interface CallContext {
  readonly clock: Clock;
}

/** The authenticated user, taken from a verified access token. */
export interface Actor {
  readonly userId: UserId;
}

/** The call of a signed-in user. */
export interface UserContext extends CallContext {
  readonly actor: Actor;
}

/** The call of a user that creates an item. */
export interface RepeatableContext extends UserContext {
  /** The request with its `Idempotency-Key`, if it has one. Pass it to `writeOnce` with the created item. */
  readonly request: RepeatableRequest | undefined;
}

/** The call of a user that changes or deletes an item with a version. */
export interface ConditionalContext extends UserContext {
  /** The versions that `If-Match` allows. */
  readonly expected: ExpectedVersions;
}

/** @throws version-conflict unless `If-Match` allows the version of the item */
export function assertExpected({ expected }: ConditionalContext, { version }: { readonly version: number }): void {
  if (expected && !expected.includes(version)) throw new Problem("version-conflict");
}
