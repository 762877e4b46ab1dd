import { setTimeout } from "node:timers/promises";
import { TemporarilyUnavailableError } from "../errors.ts";

const conflicts = new Set(["TransactionConflict", "TransactionConflictException", "TransactionInProgressException"]);

/** What DynamoDB says of an entry of a transaction that it had no capacity for; the SDK repeats only what was throttled as a whole. */
const throttled = new Set(["ThrottlingError", "ProvisionedThroughputExceeded"]);

const temporary = new Set([
  ...conflicts,
  ...throttled,
  "InternalServerError",
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "ThrottlingException",
  "TimeoutError",
]);

/** The names of what went wrong: of the error, of its reasons if it is a cancelled transaction, and of its network code. */
function namesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof TemporarilyUnavailableError) return namesOf(error.cause);
  const network = "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code);
  return [error.name, ...(network ? ["TimeoutError"] : []), ...reasonsOf(error)];
}

/** The reasons of a cancelled transaction, one for each of its entries. */
function reasonsOf(error: Error): string[] {
  const reasons =
    "CancellationReasons" in error && Array.isArray(error.CancellationReasons) ? error.CancellationReasons : [];
  return reasons.map((reason) => String(reason?.Code));
}

/** Whether this entry of a transaction collided with another transaction on the same item. */
export function conflictsAt(error: unknown, entry: number): boolean {
  if (error instanceof TemporarilyUnavailableError) return conflictsAt(error.cause, entry);
  return error instanceof Error && conflicts.has(reasonsOf(error)[entry] ?? "");
}

/** A failed condition decides, whatever else went wrong beside it: repeating the request would not help. */
function isTemporary(error: unknown): boolean {
  const names = namesOf(error);
  return !names.includes("ConditionalCheckFailed") && names.some((name) => temporary.has(name));
}

/** DynamoDB's names for "not now", and the network's, become one error; any other error stays what it is. */
export function explained(error: unknown): unknown {
  return isTemporary(error) ? new TemporarilyUnavailableError({ cause: error }) : error;
}

/**
 * Repeats a write that collided with a transaction on the same item, or was throttled in one; the SDK does not, though the write may
 * well succeed.
 */
export async function retryConflicts<Result>(write: () => Promise<Result>, attempts = 5): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      const repeatable = namesOf(error).some((name) => conflicts.has(name) || throttled.has(name));
      if (!repeatable || !isTemporary(error) || attempt === attempts) throw error;
      // Full jitter: those who collided must not meet again.
      await setTimeout(Math.random() * 25 * 2 ** attempt);
    }
  }
}
