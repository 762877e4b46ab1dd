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
 * @param writes the first one puts the item with the new id of the result, if no such item exists
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
  const [first, ...others] = writes;
  try {
    if (request) await writeRecorded(recordOf(request, result), writes);
    else await (others.length > 0 ? transact(writes) : write(first));
    return result;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const { item, cause } = error;
    const index = request ? error.index - 1 : error.index;
    // The id is new, so the stored item is this result: an earlier attempt wrote it, and its response was lost.
    if (index === 0) return result;
    if (index > 0) throw new ConditionFailed(index, item, { cause });
    if (item?.fingerprint?.S !== request?.fingerprint) throw new Problem("idempotency-key-reused", { cause: error });
    // The key of the record names the operation, and its fingerprint matches. The stored result is of this type.
    return JSON.parse(item?.result?.S ?? "null") as Result;
  }
}

/** Writes the record of a request together with its items. @throws request-in-flight, ConditionFailed */
async function writeRecorded(record: Write, writes: Writes): Promise<void> {
  await retryTransactionConflicts(async () => {
    try {
      await transactOnce([record, ...writes]);
    } catch (error) {
      // Only a request with the same key writes this record. A conflict on entry 0 is therefore the same request, sent
      // twice.
      throw isTransactionConflict(error, 0) ? new Problem("request-in-flight", { cause: error }) : error;
    }
  });
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
