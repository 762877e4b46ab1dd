import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import type { RepeatableRequest } from "../db/idempotency.ts";
import type { StoredPicture } from "../db/picture-attribute.ts";
import { type MediaId, newMediaId, type UserId } from "../ids.ts";
import { Problem } from "../problem.ts";

import type { MediaRecord } from "./media.repository.ts";
import * as repository from "./media.repository.ts";
import type { MediaCreate } from "./media.ts";
import { signUpload, type UploadForm, type UploadTarget } from "./media.upload.ts";

// For the removal of uploads that nothing uses.
export { checkAgain, findMany, listToCheck, type MediaRecord, remove } from "./media.repository.ts";

/** When to look first whether anything uses an upload: long enough for whoever uploads in the evening and writes on the next day. */
const firstCheckMilliseconds = 2 * 24 * 60 * 60 * 1_000;

/** Where an upload arrives: below the name of whose it is. */
export const uploadKey = (ownerId: UserId, mediaId: MediaId) => `${uploadPrefix}${ownerId}/${mediaId}`;
export const uploadPrefix = "incoming/";

/**
 * Makes a place for one file of exactly the type and size stated, and signs the form to post it with.
 *
 * @throws too-many-requests, idempotency-key-reused, request-in-flight
 */
export async function create(
  actor: Actor,
  { type, bytes }: MediaCreate,
  target: UploadTarget,
  clock: Clock,
  request?: RepeatableRequest,
): Promise<{ readonly media: MediaRecord; readonly upload: UploadForm }> {
  const now = clock.now();
  const time = now.toISOString();
  const draft: MediaRecord = {
    id: newMediaId(clock),
    ownerId: actor.userId,
    state: "awaited",
    reason: null,
    picture: null,
    createdAt: time,
    updatedAt: time,
    version: 1,
  };
  const media = await repository.create(draft, new Date(now.getTime() + firstCheckMilliseconds), clock, request);
  // As of the media's own moment: a request that is repeated is given the first form again.
  const upload = signUpload(
    { key: uploadKey(media.ownerId, media.id), type, bytes },
    target,
    new Date(media.createdAt),
  );
  return { media, upload };
}

/** An own upload. @throws media-not-found also for somebody else's */
export async function get({ userId }: Actor, mediaId: MediaId): Promise<MediaRecord> {
  const media = await repository.find(userId, mediaId);
  if (!media) throw new Problem("media-not-found");
  return media;
}

/**
 * What has become of uploads, for whoever wants to show them: a picture that is ready, or why there is none yet. Those that the owner
 * does not have are missing. A consistent round trip for each hundred.
 */
export async function readPictures(
  ownerId: UserId,
  mediaIds: Iterable<MediaId>,
): Promise<Map<MediaId, StoredPicture | "awaited" | "refused">> {
  const found = await repository.findMany(ownerId, [...new Set(mediaIds)]);
  return new Map(found.map(({ id, state, picture }) => [id, picture ?? (state === "refused" ? "refused" : "awaited")]));
}
