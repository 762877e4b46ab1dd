import type { FaultError } from "../faults.ts";
import { ServiceError } from "../iam/protocols.ts";
import { cancellation } from "./conflicts.ts";
import type { DynamoBody } from "./request-body.ts";

const messages: Readonly<Record<string, string>> = {
  ProvisionedThroughputExceededException:
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
  ThrottlingException: "Throughput exceeds the current capacity of your table or index.",
  RequestLimitExceeded: "Throughput exceeds the current throughput limit for your account.",
  TransactionConflictException: "Transaction is ongoing for the item",
  TransactionInProgressException: "The transaction with the given request token is already in progress.",
  InternalServerError: "Internal server error",
};

/** Builds DynamoDB's error for an injected fault, with AWS's message. */
export function dynamoError(operation: string, { code, status, message }: FaultError, body: DynamoBody): ServiceError {
  if (code === "TransactionConflictException" && operation.startsWith("Transact"))
    return cancellation((body.TransactItems ?? [{}]).map((_, i) => i === 0));
  return new ServiceError(
    status ?? (code === "InternalServerError" ? 500 : 400),
    code,
    message ?? messages[code] ?? code,
  );
}
