import * as z from "zod";
import { UserId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { isTransactionConflict, retryTransactionConflicts } from "./dynamodb-errors.ts";
import { entity, firstVersion } from "./entity.ts";
import { requestKey } from "./keys.ts";
import { isNew } from "./version.ts";
import { ConditionFailed, transact, transactOnce, type Write, type Writes, write } from "./write.ts";

/**
 * How long a repeated request returns the first result. A key first used on Monday at 10:00 is free on Tuesday at
 * 10:00.
 */
const lifetimeSeconds = 24 * 60 * 60;

/** A request that the client may repeat with the same `Idempotency-Key` to get the first response again. */
export interface RepeatableRequest {
  readonly userId: UserId;
  readonly operation: string;
  /** 1 to 255 printable ASCII characters, chosen by the client. */
  readonly key: string;
  /** Identifies the parameters and the body. Renaming "Groceries" to "Shopping" in the body changes the fingerprint. */
  readonly fingerprint: string;
  readonly receivedAt: Date;
}

const requests = entity({
  name: "request",
  schema: z.object({
    userId: UserId,
    operation: z.string(),
    key: z.string(),
    fingerprint: z.string(),
    // The operation's result as JSON. A repeated request gets its response from it.
    result: z.string(),
    expiresAt: z.int(),
  }),
  keyFields: ["userId", "operation", "key"],
  keyOf: ({ userId, operation, key }) => requestKey(userId, operation, key),
});

/**
 * Writes the items that a request creates, exactly once. If the request has a key, its record is written in the same
 * transaction, so that both are stored or neither. This takes one round trip, for a repeated request too. A single put
 * without a key is a plain PutItem.
 *
 * Example: `createList` with key "a1" is sent at 10:00 and stores `lst_1`. The same request at 10:05 writes nothing and
 * returns `lst_1`. Key "a1" with another body throws idempotency-key-reused.
 *
 * @param result the operation's result, as plain JSON
 * @returns the result of the first request with this key
 * @throws idempotency-key-reused when the first request with this key had another fingerprint
 * @throws request-in-flight while the first request is still being processed
 * @throws ConditionFailed with the index in `writes`
 */
export async function writeOnce<Result>(
  request: RepeatableRequest | undefined,
  result: Result,
  writes: Writes,
): Promise<Result> {
  if (!request) {
    const [first, ...others] = writes;
    await (others.length > 0 ? transact(writes) : write(first));
    return result;
  }
  try {
    await retryTransactionConflicts(async () => {
      try {
        await transactOnce([recordOf(request, result), ...writes]);
      } catch (error) {
        // Only a request with the same key writes this record. A conflict on entry 0 is therefore the same request,
        // sent twice.
        throw isTransactionConflict(error, 0) ? new Problem("request-in-flight", { cause: error }) : error;
      }
    });
    return result;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const { index, item } = error;
    if (index > 0) throw new ConditionFailed(index - 1, item, { cause: error.cause });
    if (item?.fingerprint?.S !== request.fingerprint) throw new Problem("idempotency-key-reused", { cause: error });
    // The key of the record names the operation, and its fingerprint matches. The stored result is of this type.
    return JSON.parse(item.result?.S ?? "null") as Result;
  }
}

function recordOf({ receivedAt, ...request }: RepeatableRequest, result: unknown): Write {
  const seconds = Math.floor(receivedAt.getTime() / 1000);
  return requests.put(
    {
      ...request,
      result: JSON.stringify(result),
      expiresAt: seconds + lifetimeSeconds,
      ...firstVersion(receivedAt.toISOString()),
    },
    // Treat an expired record as missing. DynamoDB can delete it hours after `expiresAt`.
    [isNew, { expiresAt: { lte: seconds } }],
  );
}
