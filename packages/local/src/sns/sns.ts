import { randomUUID } from "node:crypto";
import { type FrontOptions, startFront } from "../iam/front.ts";
import type { Ground } from "../service.ts";
import type { Deliver, Emulator } from "../service-types.ts";
import { functionEvent, queueBody } from "./envelope.ts";
import { topicService } from "./front.ts";
import type { Message } from "./message.ts";
import type { Publication } from "./request.ts";
import { type Subscription, subscriptionsOf, topicsOf } from "./topic.ts";

export interface SnsOptions extends FrontOptions, Pick<Ground, "deliver"> {}

/** SNS with the topics and the subscriptions of the graph. */
export interface Sns extends Emulator {
  readonly url: string;
  /**
   * Publishes without checking permissions, as AWS services do. Resolves when every subscriber has the message on disk.
   * @throws if the topic does not exist
   */
  readonly publish: Deliver;
}

/** Delivers a message to one subscriber. */
function createDelivery({ deliver, log }: SnsOptions) {
  function send(message: Message, subscription: Subscription, targetArn: string): Promise<void> {
    if (subscription.protocol === "lambda")
      return deliver(targetArn, JSON.stringify(functionEvent(message, subscription)));
    if (subscription.raw) return deliver(targetArn, message.message, message.attributes);
    return deliver(targetArn, queueBody(message, subscription));
  }

  return async function sendTo(subscription: Subscription, message: Message): Promise<void> {
    const { endpoint, deadLetterArn, name } = subscription;
    try {
      await send(message, subscription, endpoint);
      log.info("sns", `${name}: message delivered`, message.messageId);
    } catch (error) {
      // Without a network, an unreachable subscriber does not exist. AWS does not retry that either.
      const where = deadLetterArn ? `it goes to ${deadLetterArn.split(":").at(-1)}` : "it is dropped";
      log.warn("sns", `${name}: message not delivered, ${where}: ${error}`, message.messageId);
      if (deadLetterArn) await send(message, subscription, deadLetterArn);
    }
  };
}

/**
 * Starts SNS. A publish is answered when every subscriber has the message on disk.
 * @throws TopicError for an invalid filter policy
 */
export async function startSns(options: SnsOptions): Promise<Sns> {
  const { graph } = options;
  const arns = topicsOf(graph);
  const subscriptions = subscriptionsOf(graph);
  const sendTo = createDelivery(options);

  async function publish(topicArn: string, publication: Publication): Promise<string> {
    const message: Message = {
      ...publication,
      messageId: randomUUID(),
      topicArn,
      timestamp: new Date().toISOString(),
    };
    const wanting = subscriptions.filter((each) => each.topicArn === topicArn && each.wants(message));
    await Promise.all(wanting.map((subscription) => sendTo(subscription, message)));
    return message.messageId;
  }

  const front = await startFront(topicService({ arns, publish }), options);
  const accept: Deliver = async (topicArn, message, attributes = {}) => {
    if (!arns.has(topicArn)) throw new Error(`There is no topic ${topicArn}.`);
    await publish(topicArn, { message, subject: undefined, attributes });
  };
  return {
    url: front.url,
    endpoints: { AWS_ENDPOINT_URL_SNS: front.url },
    accepts: { sns: accept },
    publish: accept,
    close: front.close,
  };
}
