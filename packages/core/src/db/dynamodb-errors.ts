import { setTimeout } from "node:timers/promises";
import { isProblem, Problem } from "../problem.ts";

const conflicts = new Set(["TransactionConflict", "TransactionConflictException", "TransactionInProgressException"]);

/** Cancellation reasons of a transaction entry that was throttled. The SDK retries only a request that was throttled as a whole. */
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

/** The names of an error: its own, those of the reasons of a cancelled transaction, and one for a network failure. */
function namesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (isProblem(error, "temporarily-unavailable")) return namesOf(error.cause);
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
export function isTransactionConflict(error: unknown, entry: number): boolean {
  if (isProblem(error, "temporarily-unavailable")) return isTransactionConflict(error.cause, entry);
  return error instanceof Error && conflicts.has(reasonsOf(error)[entry] ?? "");
}

/** A failed condition is final, even beside temporary reasons: a retry would fail in the same way. */
function isTemporary(error: unknown): boolean {
  const names = namesOf(error);
  return !names.includes("ConditionalCheckFailed") && names.some((name) => temporary.has(name));
}

/** Maps temporary errors of DynamoDB and the network to `temporarily-unavailable`; returns any other error unchanged. */
export function mapDynamoDBError(error: unknown): unknown {
  return isTemporary(error) ? new Problem("temporarily-unavailable", { cause: error }) : error;
}

/** Retries a write that conflicted with a transaction on the same item, or was throttled in one: the SDK does not retry these. */
export async function retryTransactionConflicts<Result>(write: () => Promise<Result>, attempts = 5): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      const repeatable = namesOf(error).some((name) => conflicts.has(name) || throttled.has(name));
      if (!repeatable || !isTemporary(error) || attempt === attempts) throw error;
      // Full jitter, so that the same writes do not collide again.
      await setTimeout(Math.random() * 25 * 2 ** attempt);
    }
  }
}
