import { createHash } from "node:crypto";
import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import { FilterError } from "../streams/filter.ts";
import { compileFilterPolicy } from "./filter.ts";
import type { Message } from "./message.ts";

/** A subscription that AWS would refuse to create. */
export class TopicError extends Error {
  override readonly name = "TopicError";
}

interface SubscriptionInputs {
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly filterPolicy: unknown;
  readonly filterPolicyScope: string;
  readonly rawMessageDelivery: boolean;
  readonly redrivePolicy: { readonly deadLetterTargetArn?: string };
}

/** A subscription to a topic's messages. */
export interface Subscription {
  readonly name: string;
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: "sqs" | "lambda";
  /** ARN of the queue or the function. */
  readonly endpoint: string;
  readonly raw: boolean;
  /** ARN of the queue for undeliverable messages. */
  readonly deadLetterArn: string | undefined;
  wants(message: Message): boolean;
}

/** Returns the subscription's ARN, whose id is derived from topic and name and therefore stable. */
function arnOf(topicArn: string, name: string): string {
  const hash = createHash("sha256").update(`${topicArn} ${name}`).digest("hex");
  return `${topicArn}:${hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5")}`;
}

function filterOf(name: string, { filterPolicy, filterPolicyScope }: Partial<SubscriptionInputs>) {
  if (filterPolicy === undefined) return () => true;
  const scope = filterPolicyScope === "MessageBody" ? "MessageBody" : "MessageAttributes";
  try {
    return compileFilterPolicy(filterPolicy, scope);
  } catch (error) {
    if (error instanceof FilterError) throw new TopicError(`${name}: its filter policy is not valid: ${error.message}`);
    throw error;
  }
}

const protocols = ["sqs", "lambda"] as const;

function subscriptionOf(resource: Resource): Subscription | undefined {
  const inputs = inputsOf<SubscriptionInputs>(resource);
  const { topic: topicArn = "", endpoint = "" } = inputs;
  const { name } = resource;
  const protocol = protocols.find((known) => known === inputs.protocol);
  // Unsupported protocols are logged when the cloud starts.
  if (!protocol) return undefined;
  if (inputs.rawMessageDelivery && protocol === "lambda")
    throw new TopicError(`${name}: SNS does not deliver raw messages to functions`);
  return {
    name,
    arn: arnOf(topicArn, name),
    topicArn,
    protocol,
    endpoint,
    raw: inputs.rawMessageDelivery ?? false,
    deadLetterArn: inputs.redrivePolicy?.deadLetterTargetArn,
    wants: filterOf(name, inputs),
  };
}

/**
 * Returns the subscriptions of the graph with a supported protocol.
 * @throws TopicError for an invalid filter policy
 */
export const subscriptionsOf = (graph: ResolvedGraph): Subscription[] =>
  graph.all("aws:sns:TopicSubscription").flatMap((resource) => subscriptionOf(resource) ?? []);

/** Returns the ARNs of the graph's topics. FIFO topics are not supported and therefore omitted. */
export const topicsOf = (graph: ResolvedGraph): ReadonlySet<string> => {
  const topics = graph.all("aws:sns:Topic").map((resource) => inputsOf<{ fifoTopic: boolean }>(resource));
  return new Set(topics.filter((topic) => !topic.fifoTopic).flatMap(({ arn }) => arn ?? []));
};
