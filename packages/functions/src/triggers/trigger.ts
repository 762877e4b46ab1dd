import type { BasePostConfirmationTriggerEvent, Context } from "aws-lambda";
import { logged } from "../log.ts";

type TriggerEvent = Pick<BasePostConfirmationTriggerEvent<string>, "triggerSource"> & {
  request: { userAttributes: Record<string, string> };
};

/** Creates the handler of a trigger of the user pool. Returns the event to Cognito, which requires it. */
export function trigger<Event extends TriggerEvent>(name: string, run: (event: Event) => Promise<void>) {
  return (event: Event, { awsRequestId: requestId }: Context): Promise<Event> => {
    const userId = `usr_${event.request.userAttributes.sub}`;
    return logged("trigger", { requestId, trigger: name, source: event.triggerSource, userId }, async () => {
      await run(event);
      return event;
    });
  };
}
