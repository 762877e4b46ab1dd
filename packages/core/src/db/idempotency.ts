import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { Entity } from "dynamodb-toolbox/entity";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import {
  type ExecuteTransactWriteInput,
  type ExecuteTransactWriteOptions,
  execute,
  isTransactionCancelled,
} from "dynamodb-toolbox/entity/actions/transactWrite";
import { item, number, string } from "dynamodb-toolbox/schema";
import { UserId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { isTransactionConflict, retryTransactionConflicts } from "./dynamodb-errors.ts";

import { requestKey } from "./keys.ts";
import { itemAttributes, table } from "./table.ts";

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

const RequestItem = new Entity({
  name: "request",
  table,
  timestamps: false,
  schema: item({
    userId: string().key(),
    operation: string().key(),
    key: string().key(),
    fingerprint: string(),
    // The operation's result as JSON. A repeated request gets its response from it.
    result: string(),
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, operation, key }) => requestKey(UserId.parse(userId), operation, key),
});

/** One entry of a transaction. */
export type Write = Exclude<ExecuteTransactWriteInput[number], ExecuteTransactWriteOptions>;

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
 */
export async function writeOnce<Result>(
  request: RepeatableRequest | undefined,
  result: Result,
  writes: readonly [Write, ...Write[]],
): Promise<Result> {
  if (!request) {
    await retryTransactionConflicts(() => writePlainly(writes));
    return result;
  }
  try {
    await retryTransactionConflicts(async () => {
      try {
        await execute(recordOf(request, result), ...writes);
      } catch (error) {
        // Only a request with the same key writes this record. A conflict on entry 0 is therefore the same request,
        // sent twice.
        throw isTransactionConflict(error, 0) ? new Problem("request-in-flight", { cause: error }) : error;
      }
    });
    return result;
  } catch (error) {
    const first = firstResult(error, request);
    if (first === undefined) throw error;
    // The key of the record names the operation, and its fingerprint matches. The stored result is of this type.
    return JSON.parse(first) as Result;
  }
}

async function writePlainly([write, ...others]: readonly [Write, ...Write[]]): Promise<void> {
  const { Put } = write.params();
  if (others.length > 0 || !Put) await execute(write, ...others);
  else await table.getDocumentClient().send(new PutCommand(Put));
}

function recordOf({ userId, operation, key, fingerprint, receivedAt }: RepeatableRequest, result: unknown) {
  const now = receivedAt.toISOString();
  const seconds = Math.floor(receivedAt.getTime() / 1000);
  return (
    RequestItem.build(PutTransaction)
      .item({
        ...{ userId, operation, key, fingerprint },
        result: JSON.stringify(result),
        expiresAt: seconds + lifetimeSeconds,
        ...{ createdAt: now, updatedAt: now, version: 1 },
      })
      // Treat an expired record as missing. DynamoDB can delete it hours after `expiresAt`.
      .options({
        condition: {
          or: [
            { attr: "version", exists: false },
            { attr: "expiresAt", lte: seconds },
          ],
        },
        returnValuesOnConditionFalse: "ALL_OLD",
      })
  );
}

/**
 * Returns the result of the first request with this key, if its record made the transaction fail. Otherwise undefined.
 */
function firstResult(error: unknown, { fingerprint }: RepeatableRequest): string | undefined {
  if (!isTransactionCancelled(error)) return undefined;
  // The document client unmarshalls responses but not errors: an error holds `{ fingerprint: { S: "…" } }`.
  const [{ Code: code, Item: record = {} } = {}] = error.CancellationReasons ?? [];
  if (code !== "ConditionalCheckFailed") return undefined;
  if (record.fingerprint?.S !== fingerprint) throw new Problem("idempotency-key-reused", { cause: error });
  return record.result?.S;
}
