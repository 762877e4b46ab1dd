import type { Clock } from "../clock.ts";
import { daysBetween, moveWatermark, readWatermark } from "../db/watermark.ts";
import type { MediaId, UserId } from "../ids.ts";
import { mediaInPosts } from "../post/post.media.ts";
import * as users from "../user/user.service.ts";
import type { MediaRecord } from "./media.repository.ts";
import * as repository from "./media.repository.ts";
import { findMany } from "./media.repository.ts";

const schedule = "RemoveOrphans";

const dayMilliseconds = 24 * 60 * 60 * 1_000;
/** What is used is looked at again after so long. */
const nextCheckMilliseconds = 30 * dayMilliseconds;
/** How far the first run of all looks back: before the schedule there were no uploads. */
const firstRunMilliseconds = 30 * dayMilliseconds;

/** What a run did with how many uploads. */
export interface OrphansRun {
  readonly removed: number;
  readonly kept: number;
  /** To be tried again by the next run. */
  readonly failures: readonly unknown[];
}

/**
 * Removes uploads that nothing uses, some days after they were asked for: what never arrived, what was refused, and pictures that neither a
 * post nor a profile shows. It begins with the day up to which it came before, so that no day is left out when it did not run, and looks at
 * that day once more, for the index may have been late. Runs may overlap, and be repeated. One owner whose uploads cannot be looked at
 * holds up nobody else.
 *
 * @param hasTime asked before each page; what there is no time for is left to the next run
 */
export async function removeOrphans(clock: Clock, hasTime: () => boolean): Promise<OrphansRun> {
  const now = clock.now();
  const from = (await readWatermark(schedule)) ?? new Date(now.getTime() - firstRunMilliseconds);
  const counts = { removed: 0, kept: 0 };
  const failures: unknown[] = [];
  for (const day of daysBetween(from, now)) {
    for await (const page of repository.listToCheck(day)) {
      if (!hasTime()) return { ...counts, failures };
      for (const [ownerId, media] of Map.groupBy(page, (each) => each.ownerId)) {
        try {
          const removed = await check(ownerId, media, clock);
          counts.removed += removed;
          counts.kept += media.length - removed;
        } catch (error) {
          failures.push(error);
        }
      }
    }
    if (failures.length === 0) await moveWatermark(schedule, new Date(day), now);
  }
  return { ...counts, failures };
}

/**
 * Removes those of an owner's uploads that nothing uses any more, after a post that used them is deleted. What is used elsewhere stays, and
 * doing it again is harmless.
 */
export async function removeUnused(ownerId: UserId, mediaIds: readonly MediaId[]): Promise<void> {
  if (mediaIds.length === 0) return;
  const used = await mediaInUse(ownerId);
  const unused = mediaIds.filter((id) => !used.has(id));
  for (const media of await findMany(ownerId, unused)) await repository.remove(media);
}

/** Removes what is not used, and has the rest looked at again. @returns how many were removed */
async function check(ownerId: UserId, candidates: readonly MediaRecord[], clock: Clock): Promise<number> {
  const used = candidates.some(({ state }) => state === "ready") ? await mediaInUse(ownerId) : new Set<MediaId>();
  const checkAt = new Date(clock.now().getTime() + nextCheckMilliseconds);
  let removed = 0;
  for (const media of candidates) {
    if (used.has(media.id)) await repository.checkAgain(media, checkAt);
    else if (await repository.remove(media)) removed += 1;
  }
  return removed;
}

/** The uploads that a person's posts and profile show. */
async function mediaInUse(ownerId: UserId): Promise<Set<MediaId>> {
  const [used, profile] = await Promise.all([mediaInPosts(ownerId), users.find(ownerId)]);
  return profile?.avatar ? used.add(profile.avatar.id) : used;
}
