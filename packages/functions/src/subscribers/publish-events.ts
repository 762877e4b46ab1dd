import { sqsEventQueue } from "@daybook/core/event-queue";
import { resources } from "../resources.ts";
import { consume } from "./consume.ts";
import { eventOf } from "./domain-events.ts";

const cleanUp = sqsEventQueue(resources.cleanUpQueueUrl);

/** Tells of what has changed in the table to whoever has something to do then. */
export const handler = consume("publishEvents", async (record) => {
  const event = eventOf(record);
  if (event) await cleanUp.send(event);
  return event?.type;
});
