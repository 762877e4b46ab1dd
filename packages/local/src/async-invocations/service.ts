import { lambda } from "../lambda/service.ts";
import type { Service } from "../service.ts";
import { supported } from "../support/rules.ts";
import { type AsyncInvocations, startAsyncInvocations } from "./async-invocations.ts";

export const asyncInvocations: Service<AsyncInvocations> = {
  types: {
    "aws:lambda:FunctionEventInvokeConfig": supported(
      ...["destinationConfig", "functionName", "maximumEventAgeInSeconds", "maximumRetryAttempts"],
    ),
  },
  support: {
    title: "Asynchronous invocations",
    implementation: "own",
    supported: [
      "A queue of events on disk",
      "Retries and maximum age",
      "Dead-letter queues, and queues, topics and functions as destinations",
    ],
    unsupported: { "Other destinations": "The log names them." },
  },
  start: (ground) => startAsyncInvocations({ ...ground, invoker: ground.get(lambda) }),
};
