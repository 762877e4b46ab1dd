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
import { consumeQueue } from "./queue-consumer.ts";

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

/** Says anew who has written an author's posts, and then their comments. */
async function signAnew(
  event: Extract<DomainEvent, { type: "author.changed" }>,
  hasTime: () => boolean,
): Promise<DomainEvent | undefined> {
  const author = await authors.find(event.handle);
  // Of whoever is gone, nothing is left to be signed.
  if (!author) return undefined;
  if (event.commentsTo === undefined) {
    const postsTo = await signPosts(author, hasTime, event.postsTo);
    if (postsTo !== undefined) return { ...event, postsTo };
  }
  const commentsTo = await signComments({ ...author, id: author.userId }, hasTime, event.commentsTo);
  return commentsTo && { ...event, commentsTo };
}
