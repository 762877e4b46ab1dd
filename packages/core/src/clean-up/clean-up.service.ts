import type { CallContext } from "../call-context.ts";
import { forgetWriter } from "../comment/comment.clean-up.ts";
import type { DomainEvent } from "../events.ts";
import { purge } from "../lifecycle/deletion.service.ts";
import { removeRemains } from "../list/list.clean-up.ts";
import { carryOut, removeHidden } from "../todo/todo.collection.ts";
import { recount } from "../todo/todo.recount.ts";
import { cleanUpBlog } from "./clean-up.blog.ts";

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
    case "user.deleted":
      if (!(await forgetWriter(ctx, event.userId, hasTime))) return event; // #blog
      return (await purge(event.userId, hasTime)) ? undefined : event;
    case "sweep.requested": {
      const progress = await carryOut(event, hasTime);
      return progress.state === "unfinished" ? { ...event, after: progress.after } : undefined;
    }
    // #region blog
    case "post.deleted":
    case "author.changed":
      return cleanUpBlog(event, hasTime);
    // #endregion blog
  }
}
