import middy from "@middy/core";
import type { BasePostConfirmationTriggerEvent, Context } from "aws-lambda";
import { describeError, isColdStart, logger } from "../log.ts";

type TriggerEvent = Pick<BasePostConfirmationTriggerEvent<string>, "triggerSource"> & {
  request: { userAttributes: Record<string, string> };
};

/** Creates the stack of the user pool's triggers: one log line. Returns the event to Cognito, which requires it. */
export function trigger<Event extends TriggerEvent>(name: string, run: (event: Event) => Promise<void>) {
  let started = 0;
  const write = (event: Event, { awsRequestId }: Context, error?: unknown) => {
    const fields = {
      requestId: awsRequestId,
      trigger: name,
      source: event.triggerSource,
      userId: `usr_${event.request.userAttributes.sub}`,
      durationMs: Math.round((performance.now() - started) * 10) / 10,
      coldStart: isColdStart(),
    };
    if (error === undefined) logger.info("trigger", fields);
    else logger.error("trigger", { ...fields, error: describeError(error) });
  };
  return middy<Event, Event>()
    .use({
      before: () => {
        started = performance.now();
      },
      after: ({ event, context }) => write(event, context),
      onError: ({ event, context, error }) => write(event, context, error),
    })
    .handler(async (event: Event) => {
      await run(event);
      return event;
    });
}
