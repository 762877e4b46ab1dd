import { systemClock } from "@daybook/core/clock";
import { publishDue } from "@daybook/core/post/post.schedule";
import "../database.ts";
import { renderPost } from "../render-post.ts";
import { schedule } from "./schedule.ts";

/** Publishes scheduled posts that are due. */
export const handler = schedule("publishScheduled", (hasTime) =>
  publishDue({ clock: systemClock, renderPost }, hasTime),
);
