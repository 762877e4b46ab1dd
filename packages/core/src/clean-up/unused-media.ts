import type { MediaId, UserId } from "../ids.ts";
import * as media from "../media/media.service.ts";
import { mediaInUse } from "../orphan/orphan.service.ts";

/** Removes the uploads of a deleted post that no other post and no profile uses. Idempotent. */
export async function removeUnused(ownerId: UserId, mediaIds: readonly MediaId[]): Promise<void> {
  if (mediaIds.length === 0) return;
  const used = await mediaInUse(ownerId);
  await media.removeMany(
    ownerId,
    mediaIds.filter((id) => !used.has(id)),
  );
}
