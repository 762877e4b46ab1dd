import type { Call, Service } from "../iam/front.ts";
import { json10, ServiceError } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import type { DynamoBody } from "./body.ts";
import type { DynamoApi, DynamoEngine } from "./engine.ts";
import type { Faults } from "./faults.ts";
import type { createNeeds } from "./needs.ts";
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

function bodyOf({ body }: SignedRequest): DynamoBody {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString());
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {}
  throw malformed();
}

/** DynamoDB and its streams before an engine: they share an endpoint and tell each other apart by the target. */
export function dynamoService(options: {
  readonly engine: DynamoEngine;
  readonly needsOf: ReturnType<typeof createNeeds>;
  readonly translation: Translation;
  readonly faults: Faults;
  /** Called after every write that succeeded. */
  readonly written: () => void;
}): Service {
  const { engine, needsOf, translation, faults, written } = options;

  function needs(action: string, body: DynamoBody) {
    try {
      const named = action === "GetRecords" ? { StreamArn: iteratorParts(body.ShardIterator ?? "").streamArn } : body;
      return needsOf(action, named);
    } catch (error) {
      throw error instanceof ServiceError ? error : malformed();
    }
  }

  function read(request: SignedRequest): Call {
    const [api = "", action] = String(request.headers["x-amz-target"] ?? "").split(".");
    if (!action) throw unknownOperation();
    const target = apiOf(api);
    const body = bodyOf(request);
    return {
      needs: needs(action, body),
      async run(caller) {
        const fault = faults.take(action, caller?.name ?? "", body);
        if (fault && !fault.carriedOut) throw fault.error;
        const answer = await engine.send(target, action, translation.request(action, body, request.body)).catch(() => {
          throw new ServiceError(500, "InternalServerError", "The local database did not answer.");
        });
        if (answer.status === 200 && writes.has(action)) written();
        if (fault) throw fault.error;
        return {
          status: answer.status,
          headers: { "content-type": "application/x-amz-json-1.0" },
          body: answer.status === 200 ? translation.response(action, body, answer.body) : answer.body,
        };
      },
    };
  }

  return { name: "dynamodb", signingName: "dynamodb", protocol: json10("com.amazonaws.dynamodb.v20120810"), read };
}
