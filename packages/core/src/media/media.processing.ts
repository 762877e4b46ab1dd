import type { Clock } from "../clock.ts";
import { MediaId, UserId } from "../ids.ts";
import { PictureRefusedError, readPicture } from "./media.image.ts";
import { uploadBytes } from "./media.limits.ts";
import type { MediaRecord } from "./media.repository.ts";
import * as repository from "./media.repository.ts";
import { uploadKey, uploadPrefix } from "./media.service.ts";
import type { ArrivedFile, UploadStorage, VariantStorage } from "./media.storage.ts";

/** Where files come from, and where pictures go. */
export interface MediaStorage {
  readonly uploads: UploadStorage;
  readonly variants: VariantStorage;
}

/** What became of a file that had arrived. */
export type Processed = "ready" | "refused" | "done-before" | "gone" | "nobodys";

/**
 * Makes of a file that has arrived the pictures that readers get, or refuses it; the file itself is removed. What is written first is not
 * seen before all of it is there. Doing it again, or twice at once, changes nothing: the same file makes the same pictures, and what has
 * become of an upload is written down once.
 *
 * @param key of the file, as the bucket tells it
 */
export async function processUpload(key: string, storage: MediaStorage, clock: Clock): Promise<Processed> {
  const owner = ownerOf(key);
  const media = owner && (await repository.find(owner.ownerId, owner.mediaId));
  const outcome = media ? await processAwaited(media, storage, clock) : "nobodys";
  // Of an upload that was removed meanwhile, an attempt that ended half-way may have left something.
  if (owner && outcome === "nobodys") await storage.variants.removeAll(owner.mediaId);
  if (outcome !== "gone") await storage.uploads.remove(key);
  return outcome;
}

function ownerOf(key: string): { readonly ownerId: UserId; readonly mediaId: MediaId } | undefined {
  const [user, id] = key.startsWith(uploadPrefix) ? key.slice(uploadPrefix.length).split("/") : [];
  const [ownerId, mediaId] = [UserId.safeParse(user), MediaId.safeParse(id)];
  if (!ownerId.success || !mediaId.success || uploadKey(ownerId.data, mediaId.data) !== key) return undefined;
  return { ownerId: ownerId.data, mediaId: mediaId.data };
}

async function processAwaited(media: MediaRecord, storage: MediaStorage, clock: Clock): Promise<Processed> {
  if (media.state !== "awaited") return "done-before";
  const file = await storage.uploads.open(uploadKey(media.ownerId, media.id));
  if (!file) return "gone";
  const outcome = await makePictures(media, file, storage);
  if (await repository.settle(media, outcome, clock.now().toISOString())) return outcome.state;
  return (await repository.find(media.ownerId, media.id)) ? "done-before" : "nobodys";
}

/** Puts the pictures where readers will get them; of a file that is refused nothing is left there. */
async function makePictures(
  { id }: MediaRecord,
  file: ArrivedFile,
  { variants }: MediaStorage,
): Promise<repository.Outcome> {
  try {
    const picture = await readPicture(await contentOf(file), file.type);
    for await (const variant of picture.variants()) await variants.put(id, variant);
    const { width, height, placeholder, widths } = picture;
    return { state: "ready", picture: { id, width, height, placeholder, widths } };
  } catch (error) {
    if (!(error instanceof PictureRefusedError)) throw error;
    await variants.removeAll(id);
    return { state: "refused", reason: error.reason };
  }
}

async function contentOf(file: ArrivedFile): Promise<Uint8Array> {
  if (file.bytes <= uploadBytes) return file.read();
  file.discard();
  throw new PictureRefusedError("too-large", `It has ${file.bytes} bytes.`);
}
