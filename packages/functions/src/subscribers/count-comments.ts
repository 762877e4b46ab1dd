import { recount } from "@daybook/core/comment/comment.counts";
import { CountEvent } from "@daybook/core/events.blog";
import "../database.ts";
import { consumeQueueInGroups } from "./grouped-queue-consumer.ts";
import { json } from "./queue-consumer.ts";

/** Recounts the comments of posts whose comments or published post changed. */
export const handler = consumeQueueInGroups("countComments", json(CountEvent), ({ postId }) => postId, recount);
