import type { Call, ServiceApi } from "../iam/front.ts";
import { jsonBody, jsonQueryCompatible, ServiceError, targetOf } from "../iam/protocols.ts";
import type { SignedRequest } from "../iam/sigv4.ts";
import type { Fauxqs } from "../s3-sqs-engine.ts";

interface QueueBody {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly SourceArn?: string;
}

const malformed = () =>
  new ServiceError(400, "com.amazon.coral.service#SerializationException", "The request is not JSON.");

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
}): ServiceApi {
  const { fauxqs, region, account, origin } = options;

  function resourceOf(operation: string, { QueueUrl, QueueName, SourceArn }: QueueBody): string {
    const name = QueueName ?? QueueUrl?.split("/").at(-1);
    if (SourceArn !== undefined) return SourceArn;
    return operation === "ListQueues" || name === undefined ? "*" : `arn:aws:sqs:${region}:${account}:${name}`;
  }

  function read(request: SignedRequest): Call {
    const [api, operation] = targetOf(request);
    if (api !== "AmazonSQS" || !operation)
      throw new ServiceError(
        400,
        "com.amazon.coral.service#UnknownOperationException",
        "The local cloud supports only SQS's JSON protocol.",
      );
    const needs = [{ action: actionOf(operation), resource: resourceOf(operation, jsonBody(request, malformed)) }];
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
