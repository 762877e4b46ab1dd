import { randomUUID } from "node:crypto";
import type { ResolvedGraph } from "../graph/graph.ts";
import { type FrontOptions, startFront } from "../iam/front.ts";
import type { Queues } from "../queues/queues.ts";
import type { AsyncInvoker, Emulator, Log, MessageAttributes } from "../service-types.ts";
import { functionEvent, queueBody } from "./envelope.ts";
import { topicService } from "./front.ts";
import type { Message } from "./message.ts";
import type { Publication } from "./request.ts";
import { type Subscription, subscriptionsOf, topicsOf } from "./topic.ts";

export interface SnsOptions {
  readonly graph: ResolvedGraph;
  readonly principals: FrontOptions["principals"];
  readonly queues: Pick<Queues, "send">;
  readonly invoker: AsyncInvoker;
  readonly log: Log;
  readonly onAllowed?: FrontOptions["onAllowed"];
}

/** SNS with the topics and the subscriptions of the graph. */
export interface Sns extends Emulator {
  readonly url: string;
  /**
   * Publishes without checking permissions, as AWS services do. Resolves to the message's id when every subscriber has
   * the message on disk.
   * @throws if the topic does not exist
   */
  publish(topicArn: string, message: string, attributes?: MessageAttributes, subject?: string): Promise<string>;
}

/** Delivers a message to one subscriber. */
function createDelivery({ queues, invoker, log }: SnsOptions) {
  async function send(message: Message, subscription: Subscription, queueArn: string): Promise<void> {
    if (subscription.protocol === "lambda")
      return queues.send(queueArn, JSON.stringify(functionEvent(message, subscription)));
    if (subscription.raw) return queues.send(queueArn, message.message, message.attributes);
    return queues.send(queueArn, queueBody(message, subscription));
  }

  return async function deliver(message: Message, subscription: Subscription): Promise<void> {
    const { protocol, endpoint, deadLetterArn, name } = subscription;
    try {
      if (protocol === "lambda") await invoker.invokeAsync(endpoint, functionEvent(message, subscription));
      else await send(message, subscription, endpoint);
      log.info("sns", `${name} got a message`, message.messageId);
    } catch (error) {
      // Without a network, an unreachable subscriber does not exist. AWS does not retry that either.
      const where = deadLetterArn ? `${deadLetterArn.split(":").at(-1)} gets it` : "it is dropped";
      log.warn("sns", `${name} could not be told, ${where}: ${error}`, message.messageId);
      if (deadLetterArn) await send(message, subscription, deadLetterArn);
    }
  };
}

/**
 * Starts SNS. A publish is answered when every subscriber has the message on disk.
 * @throws TopicError for an invalid filter policy
 */
export async function startSns(options: SnsOptions): Promise<Sns> {
  const { graph, principals, log, onAllowed } = options;
  const arns = topicsOf(graph);
  const subscriptions = subscriptionsOf(graph);
  const deliver = createDelivery(options);

  async function publish(topicArn: string, publication: Publication): Promise<string> {
    const message: Message = {
      ...publication,
      messageId: randomUUID(),
      topicArn,
      timestamp: new Date().toISOString(),
    };
    const wanting = subscriptions.filter((each) => each.topicArn === topicArn && each.wants(message));
    await Promise.all(wanting.map((subscription) => deliver(message, subscription)));
    return message.messageId;
  }

  const front = await startFront({
    service: topicService({ arns, publish }),
    principals,
    region: graph.region,
    log,
    onAllowed,
  });
  return {
    name: "sns",
    url: front.url,
    endpoints: { AWS_ENDPOINT_URL_SNS: front.url },
    async publish(topicArn, message, attributes = {}, subject) {
      if (!arns.has(topicArn)) throw new Error(`There is no topic ${topicArn}.`);
      return publish(topicArn, { message, subject, attributes });
    },
    close: () => front.close(),
  };
}
