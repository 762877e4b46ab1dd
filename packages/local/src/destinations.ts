import type { AsyncInvoker, Deliver, MessageAttributes } from "./service-types.ts";

/** The services that receive deliveries from other services. */
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

/** Returns the IAM action for a delivery to this target, or undefined if such targets are not supported. */
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
