import type { CallContext } from "../call-context.ts";
import { daysBetween, moveWatermark, readWatermark } from "../db/watermark.ts";
import type { MediaId, UserId } from "../ids.ts";
import * as media from "../media/media.service.ts";
import { mediaInPosts } from "../post/post.media.ts";
import * as users from "../user/user.service.ts";

const schedule = "RemoveOrphans";

const dayMilliseconds = 24 * 60 * 60 * 1_000;
/** When to check an upload again that is in use. */
const nextCheckMilliseconds = 30 * dayMilliseconds;
/** How far the very first run looks back. */
const firstRunMilliseconds = 30 * dayMilliseconds;

/** The result of a run, as numbers of uploads. */
export interface OrphansRun {
  readonly removed: number;
  readonly kept: number;
  /** Errors; the next run retries. */
  readonly failures: readonly unknown[];
}

/**
 * Removes unused uploads some days after they were requested: files that never arrived or were refused, and pictures
 * that the owner shows nowhere. Starts with the day of the watermark, so that it catches up after a missed
 * run and finds late index entries. Idempotent; runs may overlap. An error for one owner does not stop the others.
 *
 * @param hasTime checked before each page; the next run continues where this one stopped
 */
export async function removeOrphans(ctx: CallContext, hasTime: () => boolean): Promise<OrphansRun> {
  const now = ctx.clock.now();
  const from = (await readWatermark(schedule)) ?? new Date(now.getTime() - firstRunMilliseconds);
  const counts = { removed: 0, kept: 0 };
  const failures: unknown[] = [];
  for (const day of daysBetween(from, now)) {
    for await (const page of media.listToCheck(day)) {
      if (!hasTime()) return { ...counts, failures };
      for (const [ownerId, uploads] of Map.groupBy(page, (each) => each.ownerId)) {
        try {
          const removed = await check(ctx, ownerId, uploads);
          counts.removed += removed;
          counts.kept += uploads.length - removed;
        } catch (error) {
          failures.push(error);
        }
      }
    }
    if (failures.length === 0) await moveWatermark(schedule, new Date(day), now);
  }
  return { ...counts, failures };
}

/** Removes unused uploads and reschedules the check of the others. @returns how many were removed */
async function check(
  { clock }: CallContext,
  ownerId: UserId,
  candidates: readonly media.MediaRecord[],
): Promise<number> {
  const used = candidates.some(({ state }) => state === "ready") ? await mediaInUse(ownerId) : new Set<MediaId>();
  const checkAt = new Date(clock.now().getTime() + nextCheckMilliseconds);
  let removed = 0;
  for (const upload of candidates) {
    if (used.has(upload.id)) await media.checkAgain(upload, checkAt);
    else if (await media.remove(upload)) removed += 1;
  }
  return removed;
}

/** Returns the uploads that a user shows. */
export async function mediaInUse(ownerId: UserId): Promise<Set<MediaId>> {
  const [profile, ...others] = await Promise.all([users.find(ownerId), mediaInPosts(ownerId)]);
  return new Set([...(profile?.avatar ? [profile.avatar.id] : []), ...others.flatMap((ids) => [...ids])]);
}
