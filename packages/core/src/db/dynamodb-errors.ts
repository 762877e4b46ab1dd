import { isProblem, Problem } from "../problem.ts";
import { retry } from "../retry.ts";

const conflicts = new Set(["TransactionConflict", "TransactionConflictException", "TransactionInProgressException"]);

/**
 * Cancellation reasons of a throttled transaction entry. The SDK only retries when the whole request was throttled,
 * with a `ThrottlingException`. It does not retry a transaction that was canceled with the reasons
 * `["None", "ThrottlingError"]`.
 */
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

/**
 * Returns the error's name, the reasons of a canceled transaction, and "TimeoutError" for a network failure such as
 * `ECONNRESET`.
 */
function namesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (isProblem(error, "temporarily-unavailable")) return namesOf(error.cause);
  const network = "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code);
  return [error.name, ...(network ? ["TimeoutError"] : []), ...reasonsOf(error)];
}

/**
 * Returns the reasons of a canceled transaction, one for each entry in order. Example:
 * `["None", "TransactionConflict"]`
 */
function reasonsOf(error: Error): string[] {
  const reasons =
    "CancellationReasons" in error && Array.isArray(error.CancellationReasons) ? error.CancellationReasons : [];
  return reasons.map((reason) => String(reason?.Code));
}

/**
 * Returns whether the entry at this index conflicted with another transaction on the same item. With the reasons
 * `["TransactionConflict", "None"]`, this is true for entry 0 and false for entry 1.
 */
export function isTransactionConflict(error: unknown, entry: number): boolean {
  if (isProblem(error, "temporarily-unavailable")) return isTransactionConflict(error.cause, entry);
  return error instanceof Error && conflicts.has(reasonsOf(error)[entry] ?? "");
}

/**
 * A failed condition is final, because a retry would fail again. For example, the reasons `["ConditionalCheckFailed",
 * "TransactionConflict"]` are not temporary.
 */
function isTemporary(error: unknown): boolean {
  const names = namesOf(error);
  return !names.includes("ConditionalCheckFailed") && names.some((name) => temporary.has(name));
}

/**
 * Maps temporary errors of DynamoDB and the network to `temporarily-unavailable`. Returns all other errors unchanged:
 * `ThrottlingException` is mapped, `ConditionalCheckFailedException` is not.
 */
export function mapDynamoDBError(error: unknown): unknown {
  return isTemporary(error) ? new Problem("temporarily-unavailable", { cause: error }) : error;
}

/**
 * Retries a write that conflicted with a transaction on the same item, or was throttled inside a transaction. The SDK
 * retries neither. With 5 attempts, the waits are random, and at most 50, 100, 200 and 400 ms.
 */
export const retryTransactionConflicts = <Result>(write: () => Promise<Result>, attempts = 5): Promise<Result> =>
  retry(write, {
    attempts,
    firstWaitMilliseconds: 50,
    isTemporary: (error) =>
      isTemporary(error) && namesOf(error).some((name) => conflicts.has(name) || throttled.has(name)),
  });
