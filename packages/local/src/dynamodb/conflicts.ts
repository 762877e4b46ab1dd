import { setTimeout as delay } from "node:timers/promises";
import { ServiceError, type ServiceResponse } from "../iam/protocols.ts";
import type { DynamoBody } from "./request-body.ts";
import type { Touched } from "./touched-items.ts";

const ongoing = "Transaction is ongoing for the item";

/**
 * Builds the error for a conflict inside a transaction. It has one cancellation reason per entry of the transaction.
 */
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

/** Counts the requests that hold each item at this moment. */
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
 * Makes concurrent requests on one item conflict as on AWS, where an engine would run them one after the other. A
 * transaction fails if another transaction holds one of its items. A single write fails if a transaction holds its
 * item, but a batch write does not. A transactional read fails if a transaction or a write holds one of its items.
 * @param transactionMs minimum time for which a transaction holds its items, in milliseconds
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

  /**
   * @throws ServiceError `TransactionConflictException`, `TransactionCanceledException` or
   * `TransactionInProgressException`
   */
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
