import { recount } from "@daybook/core/comment/comment.counts";
import { CountEvent } from "@daybook/core/events";
import "../database.ts";
import { consumeQueueInGroups } from "./grouped-queue-consumer.ts";

const read = (body: string) => CountEvent.parse(JSON.parse(body));

/** Recounts the comments of posts whose comments or published post changed. */
export const handler = consumeQueueInGroups("countComments", read, ({ postId }) => postId, recount);
