import type { Service } from "../service.ts";
import { each, ignored, supported } from "../support/rules.ts";
import { type Scheduler, startScheduler } from "./scheduler.ts";

export const scheduler: Service<Scheduler> = {
  types: {
    "aws:scheduler:Schedule": {
      ...supported("endDate", "scheduleExpression", "scheduleExpressionTimezone", "startDate", "state"),
      ...ignored("A schedule runs at the start of its window.", "flexibleTimeWindow"),
      ...ignored("It is only a description.", "description"),
      target: each(supported("arn", "deadLetterConfig", "input", "retryPolicy", "roleArn")),
    },
  },
  support: {
    title: "EventBridge Scheduler",
    implementation: "own",
    supported: [
      "`rate`, `at`, and `cron` with `L`, `W` and `#`",
      "Time zones, start date and end date",
      "Input, with context attributes",
      "Retry policy and dead-letter queue",
      "Functions, queues and topics as targets, with the permissions of the schedule's role",
    ],
    unsupported: {
      "Other targets": "The log names them.",
      "EventBridge buses and rules, including `sst.aws.Cron`": "The log names them.",
    },
  },
  start: startScheduler,
};
