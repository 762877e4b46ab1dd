import { ServiceError } from "../iam/protocols.ts";
import type { DynamoBody } from "./body.ts";

/** A failure that DynamoDB can have and the engines never do. */
export interface Fault {
  /** The operation: `PutItem`. */
  readonly action: string;
  /** DynamoDB's name for it: `ProvisionedThroughputExceededException`, `TransactionConflictException`, … */
  readonly error: string;
  readonly message?: string;
  /** How many calls fail; 1 by default. */
  readonly times?: number;
  /** Whose calls fail: the name of the function. Everybody's by default. */
  readonly caller?: string;
  /** The call is carried out and only its answer is lost: what a retry meets after a broken connection. */
  readonly carriedOut?: boolean;
}

const messages: Readonly<Record<string, string>> = {
  ProvisionedThroughputExceededException:
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
  ThrottlingException: "Throughput exceeds the current capacity of your table or index.",
  RequestLimitExceeded: "Throughput exceeds the current throughput limit for your account.",
  TransactionConflictException: "Transaction is ongoing for the item",
  TransactionInProgressException: "The transaction with the given request token is already in progress.",
  InternalServerError: "Internal server error",
};

/** A conflict inside a transaction is told in the reasons of its cancellation, one for each entry. */
function cancellation(body: DynamoBody): ServiceError {
  const reasons = (body.TransactItems ?? [{}]).map((_, i) =>
    i === 0 ? { Code: "TransactionConflict", Message: messages.TransactionConflictException } : { Code: "None" },
  );
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return new ServiceError(
    400,
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}

function errorOf({ action, error, message }: Fault, body: DynamoBody): ServiceError {
  if (error === "TransactionConflictException" && action.startsWith("Transact")) return cancellation(body);
  const status = error === "InternalServerError" ? 500 : 400;
  return new ServiceError(status, error, message ?? messages[error] ?? error);
}

/** Failures on request, for tests: the next calls of an operation fail as DynamoDB's would. */
export function createFaults() {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    /** Lets the next call or calls fail. */
    next(fault: Fault): void {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    /** Forgets what has not been used. */
    clear(): void {
      waiting = [];
    },
    /** What becomes of this call. */
    take(action: string, caller: string, body: DynamoBody): { error: ServiceError; carriedOut: boolean } | undefined {
      const hit = waiting.find(
        ({ fault }) => fault.action === action && (fault.caller === undefined || fault.caller === caller),
      );
      if (!hit) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) waiting = waiting.filter((one) => one !== hit);
      return { error: errorOf(hit.fault, body), carriedOut: hit.fault.carriedOut ?? false };
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;
