import type { RepeatableContext, UserContext } from "../call-context.ts";
import { firstVersion } from "../db/entity.ts";
import type { StoredPicture } from "../db/picture-attribute.ts";
import { type MediaId, newMediaId, type UserId } from "../ids.ts";
import { Problem } from "../problem.ts";

import type { MediaRecord } from "./media.repository.ts";
import * as repository from "./media.repository.ts";
import type { MediaCreate } from "./media.ts";
import { signUpload, type UploadForm, type UploadTarget } from "./media.upload.ts";

// For the removal of unused uploads.
export { checkAgain, listToCheck, type MediaRecord, remove } from "./media.repository.ts";

/**
 * Delay of the first check whether anything uses an upload. Two days allow for a user who uploads in the evening and
 * writes on the next day.
 */
const firstCheckMilliseconds = 2 * 24 * 60 * 60 * 1_000;

/** Key of an upload in the upload bucket, below the owner's id. */
export const uploadKey = (ownerId: UserId, mediaId: MediaId) => `${uploadPrefix}${ownerId}/${mediaId}`;
export const uploadPrefix = "incoming/";

/**
 * Creates the media for one file of exactly the given type and size, and signs its upload form.
 *
 * @throws too-many-requests, idempotency-key-reused, request-in-flight
 */
export async function create(
  { actor, clock, request }: RepeatableContext,
  { type, bytes }: MediaCreate,
  target: UploadTarget,
): Promise<{ readonly media: MediaRecord; readonly upload: UploadForm }> {
  const now = clock.now();
  const draft: MediaRecord = {
    id: newMediaId(clock),
    ownerId: actor.userId,
    state: "awaited",
    reason: null,
    picture: null,
    ...firstVersion(now.toISOString()),
  };
  const media = await repository.create(draft, new Date(now.getTime() + firstCheckMilliseconds), clock, request);
  // Sign at the creation time of the media, so that a retried request gets the same form.
  const upload = signUpload(
    { key: uploadKey(media.ownerId, media.id), type, bytes },
    target,
    new Date(media.createdAt),
  );
  return { media, upload };
}

/** Returns an upload of the user. @throws media-not-found also for uploads of other users */
export async function get({ actor }: UserContext, mediaId: MediaId): Promise<MediaRecord> {
  const media = await repository.find(actor.userId, mediaId);
  if (!media) throw new Problem("media-not-found");
  return media;
}

/**
 * Returns the picture of each ready upload, or the state of the others. Omits uploads that the owner does not have. One
 * consistent round trip per 100 ids.
 */
export async function readPictures(
  ownerId: UserId,
  mediaIds: Iterable<MediaId>,
): Promise<Map<MediaId, StoredPicture | "awaited" | "refused">> {
  const found = await repository.findMany(ownerId, [...new Set(mediaIds)]);
  return new Map(found.map(({ id, state, picture }) => [id, picture ?? (state === "refused" ? "refused" : "awaited")]));
}

// #region blog
/** Removes these uploads of an owner. Idempotent. */
export async function removeMany(ownerId: UserId, mediaIds: readonly MediaId[]): Promise<void> {
  for (const upload of await repository.findMany(ownerId, mediaIds)) await repository.remove(upload);
}
// #endregion blog
