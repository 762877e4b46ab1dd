import { setTimeout as delay } from "node:timers/promises";
import { ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { DynamoBody } from "./request-body.ts";
import type { Touched } from "./touched-items.ts";

const ongoing = "Transaction is ongoing for the item";

/** A conflict inside a transaction is told in the reasons of its cancellation, one for each entry. */
export function cancellation(conflicting: readonly boolean[]): ServiceError {
  const reasons = conflicting.map((conflict) =>
    conflict ? { Code: "TransactionConflict", Message: ongoing } : { Code: "None" },
  );
  return new ServiceError(
    400,
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
    { CancellationReasons: reasons },
  );
}

/** How many requests hold an item at this moment. */
function createHolds() {
  const counts = new Map<string, number>();
  const add = (id: string, more: number) => {
    const count = (counts.get(id) ?? 0) + more;
    if (count === 0) counts.delete(id);
    else counts.set(id, count);
  };
  return {
    has: (id: string) => counts.has(id),
    async during<Result>(ids: readonly string[], work: () => Promise<Result>): Promise<Result> {
      for (const id of ids) add(id, 1);
      try {
        return await work();
      } finally {
        for (const id of ids) add(id, -1);
      }
    },
  };
}

type Run = () => Promise<ServiceResponse>;

/**
 * Lets requests on one item conflict as AWS's do, where an engine lets one wait for the other: a transaction fails when another one
 * holds an item of it, a single write when a transaction does, and a transaction of reads when anybody is writing.
 * @param transactionMs how long a transaction holds its items, at least
 */
export function createConflicts(touched: Touched, transactionMs: number) {
  const transactions = createHolds();
  const writes = createHolds();
  const tokens = createHolds();

  function transact(body: DynamoBody, run: Run): Promise<ServiceResponse> {
    const token = body.ClientRequestToken;
    if (token !== undefined && tokens.has(token))
      throw new ServiceError(
        400,
        "TransactionInProgressException",
        "The transaction with the given request token is already in progress.",
      );
    const entries = touched.entriesOf(body).map((items) => items.map(({ id }) => id));
    const conflicting = entries.map((ids) => ids.some(transactions.has));
    if (conflicting.includes(true)) throw cancellation(conflicting);
    const held = async () => {
      const [answer] = await Promise.all([run(), delay(transactionMs)]);
      return answer;
    };
    const withToken = () => tokens.during(token === undefined ? [] : [token], held);
    return transactions.during(entries.flat(), withToken);
  }

  /** @throws ServiceError `TransactionConflictException`, `TransactionCanceledException`, `TransactionInProgressException` */
  return async function inTurn(action: string, body: DynamoBody, run: Run): Promise<ServiceResponse> {
    if (action === "TransactWriteItems") return transact(body, run);
    if (action === "TransactGetItems") {
      const busy = ({ id }: { readonly id: string }) => transactions.has(id) || writes.has(id);
      const conflicting = touched.entriesOf(body).map((items) => items.some(busy));
      if (conflicting.includes(true)) throw cancellation(conflicting);
      return run();
    }
    if (!/^(Put|Update|Delete)Item$|^BatchWriteItem$/.test(action)) return run();
    const ids = touched.itemsOf(action, body).map(({ id }) => id);
    if (action !== "BatchWriteItem" && ids.some(transactions.has))
      throw new ServiceError(400, "TransactionConflictException", ongoing);
    return writes.during(ids, run);
  };
}
