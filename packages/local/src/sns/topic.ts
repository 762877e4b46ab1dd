import { createHash } from "node:crypto";
import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import { FilterError } from "../streams/filter.ts";
import { compileFilterPolicy } from "./filter.ts";
import type { Message } from "./message.ts";

/** A subscription that AWS would refuse to make. */
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

/** Who is told of a topic's messages. */
export interface Subscription {
  readonly name: string;
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: "sqs" | "lambda";
  /** The ARN of the queue or the function. */
  readonly endpoint: string;
  readonly raw: boolean;
  /** The ARN of the queue for what cannot be delivered. */
  readonly deadLetterArn: string | undefined;
  wants(message: Message): boolean;
}

/** An ARN with an id that is always the same for a subscription. */
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
  // What is not carried out is named when the cloud starts.
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
 * The subscriptions of the graph, without those of a protocol that is not carried out.
 * @throws TopicError for a filter policy that is not valid
 */
export const subscriptionsOf = (graph: ResolvedGraph): Subscription[] =>
  graph.all("aws:sns:TopicSubscription").flatMap((resource) => subscriptionOf(resource) ?? []);

/** ARNs of the topics of the graph, without FIFO topics, which are not carried out. */
export const topicsOf = (graph: ResolvedGraph): ReadonlySet<string> => {
  const topics = graph.all("aws:sns:Topic").map((resource) => inputsOf<{ fifoTopic: boolean }>(resource));
  return new Set(topics.filter((topic) => !topic.fifoTopic).flatMap(({ arn }) => arn ?? []));
};
