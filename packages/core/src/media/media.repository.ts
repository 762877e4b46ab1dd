import type { Clock } from "../clock.ts";
import { batchGet } from "../db/batch.ts";
import { entity, nextVersion, type RecordOf } from "../db/entity.ts";
import { type RepeatableRequest, writeOnce } from "../db/idempotency.ts";
import { mediaCheckPartition, mediaKey } from "../db/keys.ts";
import { StoredPicture } from "../db/picture-attribute.ts";
import { queryPages } from "../db/query.ts";
import { rateLimitExceeded, rateLimitWrite } from "../db/rate-limit.ts";
import { isNew } from "../db/version.ts";
import { ConditionFailed, writeIf } from "../db/write.ts";
import { type MediaId, UserId } from "../ids.ts";
import { uploadRate } from "./media.limits.ts";
import { Media } from "./media.ts";

const storedMedia = entity({
  name: "media",
  schema: Media.omit({ url: true }).extend({ ownerId: UserId, picture: StoredPicture.nullable() }),
  keyFields: ["ownerId", "id"],
  keyOf: ({ ownerId, id }) => mediaKey(ownerId, id),
});

/** Media as stored. */
export type MediaRecord = RecordOf<typeof storedMedia>;

const dayOf = (time: Date) => time.toISOString().slice(0, 10);
/** Index keys for the day on which the orphan check looks at an upload. */
const checkOn = (day: string, id: MediaId) => ({ gsi2pk: mediaCheckPartition(day), gsi2sk: id });

/**
 * Stores a new upload and counts it against its owner's rate limit, in one round trip.
 *
 * @param checkAt when to check whether anything uses it
 * @returns the media that the first request with the same idempotency key created
 * @throws too-many-requests, idempotency-key-reused, request-in-flight
 */
export async function create(
  media: MediaRecord,
  checkAt: Date,
  clock: Clock,
  request: RepeatableRequest | undefined,
): Promise<MediaRecord> {
  const put = storedMedia.put(media, isNew, checkOn(dayOf(checkAt), media.id));
  try {
    return await writeOnce(request, media, [put, rateLimitWrite(media.ownerId, "media", uploadRate, clock)]);
  } catch (error) {
    throw error instanceof ConditionFailed ? rateLimitExceeded(uploadRate, clock, { cause: error }) : error;
  }
}

/** Returns one upload of an owner, read consistently in one round trip. */
export const find = (ownerId: UserId, id: MediaId): Promise<MediaRecord | undefined> =>
  storedMedia.get({ ownerId, id });

/** Returns those of the given uploads that belong to the owner. One consistent round trip per 100 ids. */
export async function findMany(ownerId: UserId, ids: readonly MediaId[]): Promise<MediaRecord[]> {
  const found = await batchGet(ids.map((id) => mediaKey(ownerId, id)));
  return found.flatMap((item) => (item ? [storedMedia.read(item)] : []));
}

/** Outcome of an upload. */
export type Outcome =
  | { readonly state: "ready"; readonly picture: StoredPicture }
  | { readonly state: "refused"; readonly reason: NonNullable<Media["reason"]> };

/**
 * Stores the outcome of an awaited upload, once, in one round trip. `now` is an ISO 8601 time.
 *
 * @returns whether this call stored it
 */
export const settle = (media: MediaRecord, outcome: Outcome, now: string): Promise<boolean> =>
  writeIf(storedMedia.update(media, { ...outcome, ...nextVersion(now) }, { state: "awaited" }));

/** Lists the media to check on a day, ordered by id, in pages. Reads an eventually consistent index. */
export async function* listToCheck(day: string): AsyncGenerator<MediaRecord[]> {
  const pages = queryPages({ index: "gsi2", partition: mediaCheckPartition(day), limit: 100 });
  for await (const { items } of pages) yield items.map(storedMedia.read);
}

/** Reschedules the check of an upload, if its version is unchanged. @returns whether it was */
export const checkAgain = (media: MediaRecord, at: Date): Promise<boolean> =>
  writeIf(storedMedia.update(media, checkOn(dayOf(at), media.id), { version: media.version }));

/**
 * Deletes the media item, if its version is unchanged. The stream consumer then deletes its files. @returns whether it
 * was deleted
 */
export const remove = (media: MediaRecord): Promise<boolean> =>
  writeIf(storedMedia.delete(media, { version: media.version }));
