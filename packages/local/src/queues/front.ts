import type { Call, Service } from "../iam/front.ts";
import { jsonQueryCompatible, ServiceError } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import type { Fauxqs } from "../s3-sqs-engine.ts";

interface QueueBody {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly SourceArn?: string;
}

function bodyOf({ body }: SignedRequest): QueueBody {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString());
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {}
  throw new ServiceError(400, "com.amazon.coral.service#SerializationException", "The request is not JSON.");
}

/** Returns the required action. A batch operation needs the permission of the single operation. */
const actionOf = (operation: string) => `sqs:${operation.replace(/Batch$/, "")}`;

/**
 * SQS's JSON protocol in front of fauxqs.
 * @param origin origin of the URLs in responses: `http://127.0.0.1:4566`
 */
export function queueService(options: {
  readonly fauxqs: Fauxqs;
  readonly region: string;
  readonly account: string;
  readonly origin: () => string;
}): Service {
  const { fauxqs, region, account, origin } = options;

  function resourceOf(operation: string, { QueueUrl, QueueName, SourceArn }: QueueBody): string {
    const name = QueueName ?? QueueUrl?.split("/").at(-1);
    if (SourceArn !== undefined) return SourceArn;
    return operation === "ListQueues" || name === undefined ? "*" : `arn:aws:sqs:${region}:${account}:${name}`;
  }

  function read(request: SignedRequest): Call {
    const [api, operation] = String(request.headers["x-amz-target"] ?? "").split(".");
    if (api !== "AmazonSQS" || !operation)
      throw new ServiceError(
        400,
        "com.amazon.coral.service#UnknownOperationException",
        "Only SQS's JSON protocol is spoken here.",
      );
    const needs = [{ action: actionOf(operation), resource: resourceOf(operation, bodyOf(request)) }];
    return {
      needs,
      async run() {
        const { method, path, headers, body } = request;
        const response = await fauxqs.send({ method, url: path, headers, body });
        // Queues of an earlier run have that run's port in their URLs.
        const text = response.body.toString().replaceAll(/http:\/\/[^/"]+(?=\/\d{12}\/)/g, origin());
        const { "content-length": _, ...rest } = response.headers;
        return { ...response, headers: rest, body: /QueueUrl/.test(text) ? text : response.body };
      },
    };
  }

  return { name: "sqs", signingName: "sqs", protocol: jsonQueryCompatible("com.amazonaws.sqs"), read };
}
