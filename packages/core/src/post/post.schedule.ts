import { inParallel } from "../db/parallel.ts";
import { daysBetween, moveWatermark, readWatermark } from "../db/watermark.ts";
import { isProblem, type Problem } from "../problem.ts";

import { giveUp, type PublishedBy, publishScheduled } from "./post.publishing.ts";
import { type DuePost, listDue } from "./post.schedule.repository.ts";

const schedule = "PublishScheduled";

/** How late the index may be. A post leaves it when it is published, so that looking back finds nothing twice. */
const indexDelayMilliseconds = 2 * 60 * 1_000;

/** How far the first run of all looks back. */
const firstRunMilliseconds = 24 * 60 * 60 * 1_000;

const postsAtOnce = 4;

/** What a run did with how many posts. */
export interface ScheduleRun {
  readonly published: number;
  /** Back with their authors, who are told why. */
  readonly givenUp: number;
  /** To be tried again by the next run. */
  readonly failures: readonly unknown[];
}

/**
 * Publishes all posts whose time has come since the watermark, however long ago that was. Runs may overlap, and be repeated: a post is
 * published on condition that it is still to be at that time. One that fails holds up no other.
 *
 * @param hasTime asked before each post; what there is no time for is left to the next run
 */
export async function publishDue(by: PublishedBy, hasTime: () => boolean): Promise<ScheduleRun> {
  const now = by.clock.now();
  const before = (await readWatermark(schedule)) ?? new Date(now.getTime() - firstRunMilliseconds);
  const from = new Date(before.getTime() - indexDelayMilliseconds);
  const left: DuePost[] = [];
  const failures: unknown[] = [];
  const counts = { published: 0, givenUp: 0, gone: 0 };
  const process = async (post: DuePost) => {
    try {
      if (hasTime()) counts[await publishOne(post, by, failures)] += 1;
      else left.push(post);
    } catch (error) {
      failures.push(error);
      left.push(post);
    }
  };
  for (const day of daysBetween(from, now)) {
    for await (const page of listDue(day, from.toISOString(), now.toISOString())) {
      await inParallel(page, postsAtOnce, process);
    }
  }
  const earliest = left.map(({ time }) => time).toSorted()[0];
  await moveWatermark(schedule, earliest === undefined ? now : new Date(earliest), now);
  return { published: counts.published, givenUp: counts.givenUp, failures };
}

/** What the author can do something about is told them; what passes by itself is tried again; anything else is a fault of ours. */
async function publishOne(
  { authorId, id, time }: DuePost,
  by: PublishedBy,
  failures: unknown[],
): Promise<"published" | "givenUp" | "gone"> {
  const actor = { userId: authorId };
  try {
    return (await publishScheduled(actor, id, time, by)) ? "published" : "gone";
  } catch (error) {
    if (isProblem(error, "post-not-found")) return "gone";
    if (isProblem(error, "temporarily-unavailable")) throw error;
    if (!isForAuthor(error)) failures.push(error);
    const why = isForAuthor(error) ? error.message : "Something went wrong on our side. Publish the post again.";
    await giveUp(actor, id, time, why, by.clock);
    return "givenUp";
  }
}

const forAuthor = ["post-incomplete", "slug-taken", "handle-required", "name-required"] as const;
const isForAuthor = (error: unknown): error is Problem => isProblem(error, ...forAuthor);
