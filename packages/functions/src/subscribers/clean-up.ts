import { systemClock } from "@daybook/core/clock";
import { sqsEventQueue } from "@daybook/core/event-queue";
import { DomainEvent } from "@daybook/core/events";
import { removeRemains } from "@daybook/core/list/list.clean-up";
import { carryOut, removeHidden } from "@daybook/core/todo/todo.collection";
import { recount } from "@daybook/core/todo/todo.recount";
import { purge } from "@daybook/core/user/user.deletion";
import "../database.ts";
import { resources } from "../resources.ts";
import { consumeQueue } from "./consume-queue.ts";

const read = (body: string) => DomainEvent.parse(JSON.parse(body));
const queue = sqsEventQueue(resources.cleanUpQueueUrl);

/** Does what is left to do after a request; what one call has no time for goes back to the queue as an event of its own. */
export const handler = consumeQueue("cleanUp", read, async (event, hasTime) => {
  const rest = await process(event, hasTime);
  if (rest) await queue.send(rest);
  return rest ? "unfinished" : "finished";
});

/** @returns the event that stands for what is still to be done */
async function process(event: DomainEvent, hasTime: () => boolean): Promise<DomainEvent | undefined> {
  switch (event.type) {
    case "list.emptied":
      return (await removeHidden(event.listId, event.epoch, hasTime)) ? undefined : event;
    case "list.deleted": {
      const gone =
        (await removeHidden(event.listId, event.epoch, hasTime)) &&
        (await removeRemains(event.ownerId, event.listId, hasTime));
      return gone ? undefined : event;
    }
    case "list.miscounted":
      await recount(event, systemClock);
      return undefined;
    case "user.deleted":
      return (await purge(event.userId, hasTime)) ? undefined : event;
    case "sweep.requested": {
      const progress = await carryOut(event, hasTime);
      return progress.state === "unfinished" ? { ...event, after: progress.after } : undefined;
    }
  }
}
