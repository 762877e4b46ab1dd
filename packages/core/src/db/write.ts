import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { ProblemCode } from "../contract/problem.ts";
import { Problem } from "../problem.ts";
import { retryTransactionConflicts } from "./dynamodb-errors.ts";
import type { Item } from "./stored-format.ts";
import { documents } from "./table.ts";

/** A conditional write, alone or in a transaction. */
export type Write = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];
export type Writes = readonly [Write, ...Write[]];

/** The condition of a write did not hold, so nothing was written. */
export class ConditionFailed extends Error {
  override readonly name = "ConditionFailed";
  /** Index in the transaction of the first write whose condition failed. 0 for a single write. */
  readonly index: number;
  /** The stored item, as the database client receives it: `{ name: { S: "Ada" } }`. Undefined if there is none. */
  readonly item: Record<string, AttributeValue> | undefined;

  constructor(index: number, item: Record<string, AttributeValue> | undefined, options?: ErrorOptions) {
    super(`The condition of write ${index} failed`, options);
    this.index = index;
    this.item = item;
  }
}

function asConditionFailed(error: unknown): unknown {
  if (error instanceof ConditionalCheckFailedException) return new ConditionFailed(0, error.Item, { cause: error });
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  const index = reasons.findIndex(({ Code }) => Code === "ConditionalCheckFailed");
  return index === -1 ? error : new ConditionFailed(index, reasons[index]?.Item, { cause: error });
}

async function explained<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw asConditionFailed(error);
  }
}

/**
 * Sends a write in one round trip. Retries conflicts with transactions.
 *
 * @param returns which version of the item to return
 * @throws ConditionFailed
 */
export async function write(
  { Put, Update, Delete }: Write,
  returns: "ALL_NEW" | "ALL_OLD" | "NONE" = "NONE",
): Promise<Item | undefined> {
  const send = async () => {
    if (Put) return documents().send(new PutCommand(Put));
    if (Update) return documents().send(new UpdateCommand({ ...Update, ReturnValues: returns }));
    if (Delete) return documents().send(new DeleteCommand({ ...Delete, ReturnValues: returns }));
    throw new TypeError("A condition check needs a transaction");
  };
  const { Attributes } = await retryTransactionConflicts(() => explained(send()));
  return Attributes;
}

/** Sends a write like `write`. Returns whether its condition held. */
export async function writeIf(conditional: Write): Promise<boolean> {
  try {
    await write(conditional);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** Sends up to 100 writes in one transaction, without a retry. @throws ConditionFailed */
export async function transactOnce(writes: Writes): Promise<void> {
  await explained(documents().send(new TransactWriteCommand({ TransactItems: [...writes] })));
}

/** Sends up to 100 writes in one transaction. Retries conflicts with other transactions. @throws ConditionFailed */
export const transact = (writes: Writes): Promise<void> => retryTransactionConflicts(() => transactOnce(writes));

/** Runs a write of an item in an expected version. @throws version-conflict, or `missing` if there is no such item */
export async function explainConflict<Result>(missing: ProblemCode, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw new Problem(error.item ? "version-conflict" : missing, { cause: error });
  }
}
