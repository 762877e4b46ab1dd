import * as authors from "../author/author.service.ts";
import type { CallContext } from "../call-context.ts";
import { forgetWriter, removeAll, signComments } from "../comment/comment.clean-up.ts";
import type { DomainEvent } from "../events.ts";
import { purge } from "../lifecycle/deletion.service.ts";
import { removeRemains } from "../list/list.clean-up.ts";
import { removeUnused } from "../orphan/orphan.service.ts";
import { syncAuthor } from "../published/published-post.service.ts";
import { carryOut, removeHidden } from "../todo/todo.collection.ts";
import { recount } from "../todo/todo.recount.ts";

/**
 * Does the background work of an event. Idempotent.
 *
 * @param hasTime returns whether there is time for another step
 * @returns the event for the unfinished rest, if any
 */
export async function cleanUp(
  ctx: CallContext,
  event: DomainEvent,
  hasTime: () => boolean,
): Promise<DomainEvent | undefined> {
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
      await recount(ctx, event);
      return undefined;
    case "user.deleted": {
      const gone = (await forgetWriter(ctx, event.userId, hasTime)) && (await purge(event.userId, hasTime));
      return gone ? undefined : event;
    }
    case "post.deleted":
      await removeUnused(event.authorId, event.mediaIds);
      return (await removeAll(event.postId, hasTime)) ? undefined : event;
    case "author.changed":
      return copyProfile(event, hasTime);
    case "sweep.requested": {
      const progress = await carryOut(event, hasTime);
      return progress.state === "unfinished" ? { ...event, after: progress.after } : undefined;
    }
  }
}

/** Copies an author's profile to their published posts, and then to their comments. */
async function copyProfile(
  event: Extract<DomainEvent, { type: "author.changed" }>,
  hasTime: () => boolean,
): Promise<DomainEvent | undefined> {
  const author = await authors.find(event.handle);
  // A deleted author has no data to copy.
  if (!author) return undefined;
  if (event.commentsTo === undefined) {
    const postsTo = await syncAuthor(author, hasTime, event.postsTo);
    if (postsTo !== undefined) return { ...event, postsTo };
  }
  const commentsTo = await signComments({ ...author, id: author.userId }, hasTime, event.commentsTo);
  return commentsTo && { ...event, commentsTo };
}
