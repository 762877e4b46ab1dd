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

/** How long a request can be repeated. */
const lifetimeSeconds = 24 * 60 * 60;

/** A request that its sender may repeat under the same key (`Idempotency-Key`), to have the first answer again. */
export interface RepeatableRequest {
  readonly userId: UserId;
  readonly operation: string;
  /** 1 to 255 printable ASCII characters, chosen by the sender. */
  readonly key: string;
  /** The same for the same parameters and body, and for nothing else. */
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
    // What the operation returned, as JSON: the answer is made of it again.
    result: string(),
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, operation, key }) => requestKey(UserId.parse(userId), operation, key),
});

/** One entry of a transaction. */
export type Write = Exclude<ExecuteTransactWriteInput[number], ExecuteTransactWriteOptions>;

/**
 * Writes what a request creates, once. With a key the request is recorded in the same transaction: either both are there or neither is.
 * One round trip, also for a repetition; a single put without a key stays a plain PutItem.
 *
 * @param result what the operation returns, as plain JSON
 * @returns the result of the first request with this key
 * @throws idempotency-key-reused when the first one was another request
 * @throws request-in-flight while the first one is being carried out
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
        // The record belongs to this key alone: only the same request, sent twice, collides there.
        throw isTransactionConflict(error, 0) ? new Problem("request-in-flight", { cause: error }) : error;
      }
    });
    return result;
  } catch (error) {
    const first = firstResult(error, request);
    if (first === undefined) throw error;
    // The record says that it is this operation's result, for this very request.
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
      // An expired record counts as absent: time to live removes it some time later.
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

/** What the first request with this key returned, if it is a record of it that stopped the transaction. */
function firstResult(error: unknown, { fingerprint }: RepeatableRequest): string | undefined {
  if (!isTransactionCancelled(error)) return undefined;
  // The document client turns answers into plain values, but not what errors carry.
  const [{ Code: code, Item: record = {} } = {}] = error.CancellationReasons ?? [];
  if (code !== "ConditionalCheckFailed") return undefined;
  if (record.fingerprint?.S !== fingerprint) throw new Problem("idempotency-key-reused", { cause: error });
  return record.result?.S;
}
