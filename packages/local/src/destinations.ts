import type { AsyncInvoker, Deliver, MessageAttributes } from "./service-types.ts";

/** Those who take what another service delivers. */
export interface Destinations {
  readonly queues: { send(queueArn: string, body: string, attributes?: MessageAttributes): Promise<void> };
  readonly topics: { publish(topicArn: string, message: string, attributes?: MessageAttributes): Promise<unknown> };
  readonly functions: AsyncInvoker;
}

const actions: Readonly<Record<string, string>> = {
  lambda: "lambda:InvokeFunction",
  sns: "sns:Publish",
  sqs: "sqs:SendMessage",
};

const serviceOf = (arn: string) => arn.split(":")[2] ?? "";

/** The permission that a delivery to this target takes; undefined where nothing is delivered to such targets here. */
export const deliveryAction = (targetArn: string): string | undefined => actions[serviceOf(targetArn)];

/** Delivers to queues, topics and functions. */
export function createDeliver({ queues, topics, functions }: Destinations): Deliver {
  return async (targetArn, body, attributes) => {
    const service = serviceOf(targetArn);
    if (service === "sqs") await queues.send(targetArn, body, attributes);
    else if (service === "sns") await topics.publish(targetArn, body, attributes);
    else if (service === "lambda") await functions.invokeAsync(targetArn, JSON.parse(body));
    else throw new Error(`The local cloud does not deliver to ${targetArn}.`);
  };
}
