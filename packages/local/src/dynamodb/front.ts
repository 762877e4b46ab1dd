import { type createFaults, type FaultError, withCuts } from "../faults.ts";
import type { Call, ServiceApi } from "../iam/front.ts";
import { json10, jsonBody, ServiceError, type ServiceResponse, targetOf } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import type { createConflicts } from "./conflicts.ts";
import type { DelayedIndexes } from "./delayed-indexes.ts";
import type { DynamoApi, DynamoEngine } from "./engine/engine.ts";
import { dynamoError } from "./faults.ts";
import type { DynamoBody } from "./request-body.ts";
import type { createNeeds } from "./required-permissions.ts";
import type { Touched } from "./touched-items.ts";
import { iteratorParts, type Translation } from "./translate.ts";

const writes = new Set([
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "TransactWriteItems",
  "ExecuteStatement",
  "BatchExecuteStatement",
  "ExecuteTransaction",
]);

const protocol = withCuts(json10("com.amazonaws.dynamodb.v20120810"));
const unknownOperation = () => new ServiceError(400, "com.amazon.coral.service#UnknownOperationException", "");
const malformed = () =>
  new ServiceError(
    400,
    "com.amazon.coral.service#SerializationException",
    "Start of structure or map found where not expected.",
  );

function apiOf(target: string): DynamoApi {
  if (target === "DynamoDB_20120810" || target === "DynamoDBStreams_20120810") return target;
  throw unknownOperation();
}

/**
 * Refuses a consistent read of a global index with AWS's message. The engines refuse it with other messages.
 * @throws ServiceError `ValidationException`
 */
function refuseConsistentRead(touched: Touched, { TableName, IndexName, ConsistentRead }: DynamoBody): void {
  const indexes = touched.tableOf(TableName)?.globalIndexes ?? [];
  if (ConsistentRead && indexes.some(({ name }) => name === IndexName))
    throw new ServiceError(
      400,
      "ValidationException",
      "Consistent reads are not supported on global secondary indexes",
    );
}

/**
 * DynamoDB and DynamoDB Streams as one service in front of an engine. They share an endpoint and are distinguished by
 * the target header.
 */
export function dynamoService(options: {
  readonly engine: DynamoEngine;
  readonly needsOf: ReturnType<typeof createNeeds>;
  readonly translation: Translation;
  /** Injects faults into calls. */
  readonly around: ReturnType<typeof createFaults>["around"];
  /** Makes concurrent requests on one item conflict. */
  readonly inTurn?: ReturnType<typeof createConflicts> | undefined;
  /** Answers reads of global indexes with delayed data. */
  readonly indexes?: Pick<DelayedIndexes, "redirect" | "answer" | "written"> | undefined;
  readonly touched: Touched;
  /** Called after every successful write. */
  readonly written: () => void;
}): ServiceApi {
  const { engine, needsOf, translation, around, inTurn, indexes, touched, written } = options;

  function needs(action: string, body: DynamoBody) {
    try {
      const named = action === "GetRecords" ? { StreamArn: iteratorParts(body.ShardIterator ?? "").streamArn } : body;
      return needsOf(action, named);
    } catch (error) {
      throw error instanceof ServiceError ? error : malformed();
    }
  }

  function read(request: SignedRequest): Call {
    const [api = "", action] = targetOf(request);
    if (!action) throw unknownOperation();
    const target = apiOf(api);
    const body: DynamoBody = jsonBody(request, malformed);
    const run = async (): Promise<ServiceResponse> => {
      const asked = indexes?.redirect(action, body);
      const sent = asked === undefined ? request.body : Buffer.from(JSON.stringify(asked));
      const answer = await engine.send(target, action, translation.request(action, asked ?? body, sent)).catch(() => {
        throw new ServiceError(500, "InternalServerError", "The local database does not answer.");
      });
      const { status } = answer;
      if (status === 200 && writes.has(action)) {
        indexes?.written(action, body);
        written();
      }
      const content = status === 200 ? translation.response(action, body, answer.body) : answer.body;
      const headers = { "content-type": "application/x-amz-json-1.0" };
      return { status, headers, body: indexes?.answer(action, content) ?? content };
    };
    const wording = (error: FaultError) => dynamoError(action, error, body);
    const inOrder = () => {
      refuseConsistentRead(touched, body);
      return inTurn ? inTurn(action, body, run) : run();
    };
    return { needs: needs(action, body), run: (caller) => around(action, inOrder, { caller: caller?.name, wording }) };
  }

  return { name: "dynamodb", signingName: "dynamodb", protocol, read };
}
