import path from "node:path";
import { once } from "../closing.ts";
import { type Front, type FrontOptions, startFront } from "../iam/front.ts";
import { parseAs } from "../json.ts";
import { type Fauxqs, openFauxqs } from "../s3-sqs-engine.ts";
import type { Ground } from "../service.ts";
import type { Deliver, Emulator, MessageAttributes } from "../service-types.ts";
import { queueService } from "./front.ts";
import { type Queue, queuesOf } from "./queue.ts";

export interface QueuesOptions extends FrontOptions, Pick<Ground, "dataFolder"> {}

/** A message in the response of `ReceiveMessage`. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: MessageAttributes;
}

/** SQS with the queues of the graph. */
export interface Queues extends Emulator {
  readonly url: string;
  /** Sends a message without checking permissions, as AWS services do. Resolves when the message is on disk. */
  readonly send: Deliver;
  /** Returns the bodies of all messages in a queue, visible or not, without receiving them. */
  peek(queueArn: string): string[];
  /** Ends every pending long poll without a message. */
  interrupt(): void;
  /** Calls an operation as an AWS service, without a signature. */
  call<Answer = Record<string, unknown>>(operation: string, body: object): Promise<Answer>;
}

const nameOf = (queueArn: string) => queueArn.split(":").at(-1) ?? queueArn;

function provision(fauxqs: Fauxqs, queues: readonly Queue[], url: string, account: string): void {
  for (const { name, arn, attributes } of queues) {
    const existing = fauxqs.queues.getQueueByArn(arn);
    if (existing) existing.setAttributes({ ...attributes });
    else fauxqs.queues.createQueue(name, `${url}/${account}/${name}`, arn, { ...attributes });
  }
}

/** Starts SQS: fauxqs with the graph's queues, behind a front that verifies and authorizes every call. */
export async function startQueues(options: QueuesOptions): Promise<Queues> {
  const { graph, dataFolder } = options;
  const { region, account } = graph;
  const fauxqs = await openFauxqs(path.join(dataFolder, "queues"), "queues", region);
  let front: Front | undefined;
  try {
    const service = queueService({ fauxqs, region, account, origin: () => front?.url ?? "" });
    front = await startFront(service, options);
  } catch (error) {
    await fauxqs.close();
    throw error;
  }
  const { url } = front;
  provision(fauxqs, queuesOf(graph), url, account);

  async function call<Answer>(operation: string, body: object): Promise<Answer> {
    const headers = { "x-amz-target": `AmazonSQS.${operation}`, "content-type": "application/x-amz-json-1.0" };
    const response = await fauxqs.send({ method: "POST", url: "/", headers, body: JSON.stringify(body) });
    if (response.status !== 200) throw new Error(`sqs:${operation}: ${response.body}`);
    return parseAs<Answer>(response.body.toString());
  }

  const send: Deliver = async (queueArn, body, attributes = {}) => {
    const QueueUrl = `${url}/${account}/${nameOf(queueArn)}`;
    await call("SendMessage", { QueueUrl, MessageBody: body, MessageAttributes: attributes });
  };
  return {
    url,
    endpoints: { AWS_ENDPOINT_URL_SQS: url },
    accepts: { sqs: send },
    send,
    peek(queueArn) {
      const found = fauxqs.queues.inspectQueue(nameOf(queueArn))?.messages;
      if (!found) throw new Error(`There is no queue ${queueArn}.`);
      const hidden = found.inflight.map(({ message }) => message);
      return [...found.ready, ...found.delayed, ...hidden].map((message) => message.body);
    },
    interrupt: () => fauxqs.queues.shutdown(),
    call,
    close: once(async () => {
      fauxqs.queues.shutdown();
      await front?.close();
      await fauxqs.close();
    }),
  };
}
