import { inParallel } from "../db/parallel.ts";
import { daysBetween, moveWatermark, readWatermark } from "../db/watermark.ts";
import { isProblem, type Problem } from "../problem.ts";

import { giveUp, type PublishingContext, publishScheduled } from "./post.publishing.ts";
import { type DuePost, listDue } from "./post.schedule.repository.ts";

const schedule = "PublishScheduled";

/** Maximum delay of the index. Looking back is safe, because a published post leaves the index. */
const indexDelayMilliseconds = 2 * 60 * 1_000;

/** How far the very first run looks back. */
const firstRunMilliseconds = 24 * 60 * 60 * 1_000;

const postsAtOnce = 4;

/** The result of a run, as numbers of posts. */
export interface ScheduleRun {
  readonly published: number;
  /** Canceled schedules, whose reason the author can see. */
  readonly givenUp: number;
  /** Errors. The next run retries posts with temporary ones. */
  readonly failures: readonly unknown[];
}

/**
 * Publishes all posts that became due since the watermark. Idempotent, and runs may overlap: a post is published only
 * if it is still scheduled for that time. An error for one post does not stop the others.
 *
 * Example: the watermark is 12:00 and a run starts at 12:05. It publishes the posts due from 11:58 (the index may be
 * two minutes late) to 12:05. If the post of 12:03 fails temporarily, the watermark moves to 12:03 only, so that the
 * next run tries it again.
 *
 * @param hasTime checked before each post; the next run publishes the rest
 */
export async function publishDue(ctx: PublishingContext, hasTime: () => boolean): Promise<ScheduleRun> {
  const now = ctx.clock.now();
  const before = (await readWatermark(schedule)) ?? new Date(now.getTime() - firstRunMilliseconds);
  const from = new Date(before.getTime() - indexDelayMilliseconds);
  const left: DuePost[] = [];
  const failures: unknown[] = [];
  const counts = { published: 0, givenUp: 0, gone: 0 };
  const process = async (post: DuePost) => {
    try {
      if (hasTime()) counts[await publishOne(ctx, post, failures)] += 1;
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

/**
 * Publishes one post. If the author can fix a problem, it cancels the schedule and stores the reason. Temporary
 * failures are thrown for a retry. Any other error cancels the schedule too, and is reported as a failure.
 */
async function publishOne(
  ctx: PublishingContext,
  { authorId, id, time }: DuePost,
  failures: unknown[],
): Promise<"published" | "givenUp" | "gone"> {
  const ofAuthor = { ...ctx, actor: { userId: authorId } };
  try {
    return (await publishScheduled(ofAuthor, id, time)) ? "published" : "gone";
  } catch (error) {
    if (isProblem(error, "post-not-found")) return "gone";
    if (isProblem(error, "temporarily-unavailable")) throw error;
    if (!isForAuthor(error)) failures.push(error);
    const why = isForAuthor(error) ? error.message : "Something went wrong on our side. Publish the post again.";
    await giveUp(ofAuthor, id, time, why);
    return "givenUp";
  }
}

const forAuthor = ["post-incomplete", "slug-taken", "handle-required", "name-required"] as const;
const isForAuthor = (error: unknown): error is Problem => isProblem(error, ...forAuthor);
