import { recount } from "@daybook/core/comment/comment.counts";
import { CountEvent } from "@daybook/core/events";
import "../database.ts";
import { consumeQueueInGroups } from "./grouped-queue-consumer.ts";

const read = (body: string) => CountEvent.parse(JSON.parse(body));

/** Counts the comments of posts anew where readers see more or fewer of them, or another page. */
export const handler = consumeQueueInGroups("countComments", read, ({ postId }) => postId, recount);
