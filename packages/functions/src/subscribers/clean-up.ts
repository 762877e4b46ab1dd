import { cleanUp } from "@daybook/core/clean-up/clean-up.service";
import { systemClock } from "@daybook/core/clock";
import { sqsEventQueue } from "@daybook/core/event-queue";
import { DomainEvent } from "@daybook/core/events";
import "../database.ts";
import { resources } from "../resources.ts";
import { consumeQueue, json } from "./queue-consumer.ts";

const queue = sqsEventQueue(resources.cleanUpQueueUrl);

/** Does the background work of events. Sends the rest of an unfinished event to the queue as a new event. */
export const handler = consumeQueue("cleanUp", json(DomainEvent), async (event, hasTime) => {
  const rest = await cleanUp({ clock: systemClock }, event, hasTime);
  if (rest) await queue.send(rest);
  return rest ? "unfinished" : "finished";
});
