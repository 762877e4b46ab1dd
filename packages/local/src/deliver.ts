import type { Deliver, Emulator } from "./service-types.ts";

const actions: Readonly<Record<string, string>> = {
  lambda: "lambda:InvokeFunction",
  sns: "sns:Publish",
  sqs: "sqs:SendMessage",
};

const serviceOf = (arn: string) => arn.split(":")[2] ?? "";

/** Returns the IAM action for a delivery to this target, or undefined if such targets are not supported. */
export const deliveryAction = (targetArn: string): string | undefined => actions[serviceOf(targetArn)];

/** Returns a function that delivers to the running service that owns the target. */
export function createDeliver(running: readonly Emulator[]): Deliver {
  return async (targetArn, body, attributes) => {
    const service = serviceOf(targetArn);
    const accept = running.map(({ accepts }) => accepts?.[service]).find((accept) => accept !== undefined);
    if (!accept) throw new Error(`No running service accepts deliveries to ${targetArn}.`);
    await accept(targetArn, body, attributes);
  };
}
