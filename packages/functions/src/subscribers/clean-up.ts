import * as authors from "@daybook/core/author/author.service";
import { systemClock } from "@daybook/core/clock";
import { forgetWriter, removeAll, signComments } from "@daybook/core/comment/comment.clean-up";
import { sqsEventQueue } from "@daybook/core/event-queue";
import { DomainEvent } from "@daybook/core/events";
import { removeRemains } from "@daybook/core/list/list.clean-up";
import { removeUnused } from "@daybook/core/orphan/orphan.service";
import { syncAuthor as signPosts } from "@daybook/core/published/author-sync.repository";
import { carryOut, removeHidden } from "@daybook/core/todo/todo.collection";
import { recount } from "@daybook/core/todo/todo.recount";
import { purge } from "@daybook/core/user/user.deletion";
import "../database.ts";
import { resources } from "../resources.ts";
import { consumeQueue, json } from "./queue-consumer.ts";

const queue = sqsEventQueue(resources.cleanUpQueueUrl);

/** Does the background work of events. Sends the rest of an unfinished event to the queue as a new event. */
export const handler = consumeQueue("cleanUp", json(DomainEvent), async (event, hasTime) => {
  const rest = await process(event, hasTime);
  if (rest) await queue.send(rest);
  return rest ? "unfinished" : "finished";
});

/** Processes an event. @returns the event for the unfinished rest, if any */
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
    case "user.deleted": {
      const gone = (await forgetWriter(event.userId, systemClock, hasTime)) && (await purge(event.userId, hasTime));
      return gone ? undefined : event;
    }
    case "post.deleted":
      await removeUnused(event.authorId, event.mediaIds);
      return (await removeAll(event.postId, hasTime)) ? undefined : event;
    case "author.changed":
      return signAnew(event, hasTime);
    case "sweep.requested": {
      const progress = await carryOut(event, hasTime);
      return progress.state === "unfinished" ? { ...event, after: progress.after } : undefined;
    }
  }
}

/**
 * Copies an author's profile to their published posts, and then to their comments. @returns the event for the
 * unfinished rest
 */
async function signAnew(
  event: Extract<DomainEvent, { type: "author.changed" }>,
  hasTime: () => boolean,
): Promise<DomainEvent | undefined> {
  const author = await authors.find(event.handle);
  // A deleted author has no data to copy.
  if (!author) return undefined;
  if (event.commentsTo === undefined) {
    const postsTo = await signPosts(author, hasTime, event.postsTo);
    if (postsTo !== undefined) return { ...event, postsTo };
  }
  const commentsTo = await signComments({ ...author, id: author.userId }, hasTime, event.commentsTo);
  return commentsTo && { ...event, commentsTo };
}
