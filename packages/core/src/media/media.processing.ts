import type { CallContext } from "../call-context.ts";
import { MediaId, UserId } from "../ids.ts";
import { PictureRefusedError, readPicture } from "./media.image.ts";
import { uploadBytes } from "./media.limits.ts";
import type { MediaRecord } from "./media.repository.ts";
import * as repository from "./media.repository.ts";
import { uploadKey, uploadPrefix } from "./media.service.ts";
import type { ArrivedFile, UploadStorage, VariantStorage } from "./media.storage.ts";

/** Storage of uploaded files and of picture variants. */
export interface MediaStorage {
  readonly uploads: UploadStorage;
  readonly variants: VariantStorage;
}

/** Result of processing an uploaded file. `unrequested` means that its upload was never requested or was removed. */
export type Processed = "ready" | "refused" | "done-before" | "gone" | "unrequested";

/**
 * Creates the variants of an uploaded file or refuses it, and removes the file. Readers see the picture only after all
 * variants are written. Idempotent, also when runs overlap: the same file gives the same variants, and the outcome is
 * written once.
 *
 * @param key of the file in the upload bucket
 */
export async function processUpload(ctx: CallContext, key: string, storage: MediaStorage): Promise<Processed> {
  const owner = ownerOf(key);
  const media = owner && (await repository.find(owner.ownerId, owner.mediaId));
  const outcome = media ? await processAwaited(ctx, media, storage) : "unrequested";
  // An earlier, failed attempt may have left variants of an upload that was removed since.
  if (owner && outcome === "unrequested") await storage.variants.removeAll(owner.mediaId);
  if (outcome !== "gone") await storage.uploads.remove(key);
  return outcome;
}

function ownerOf(key: string): { readonly ownerId: UserId; readonly mediaId: MediaId } | undefined {
  const [user, id] = key.startsWith(uploadPrefix) ? key.slice(uploadPrefix.length).split("/") : [];
  const [ownerId, mediaId] = [UserId.safeParse(user), MediaId.safeParse(id)];
  if (!ownerId.success || !mediaId.success || uploadKey(ownerId.data, mediaId.data) !== key) return undefined;
  return { ownerId: ownerId.data, mediaId: mediaId.data };
}

async function processAwaited({ clock }: CallContext, media: MediaRecord, storage: MediaStorage): Promise<Processed> {
  if (media.state !== "awaited") return "done-before";
  const file = await storage.uploads.open(uploadKey(media.ownerId, media.id));
  if (!file) return "gone";
  const outcome = await makePictures(media, file, storage);
  if (await repository.settle(media, outcome, clock.now().toISOString())) return outcome.state;
  return (await repository.find(media.ownerId, media.id)) ? "done-before" : "unrequested";
}

/** Stores the variants for readers. A refused file leaves none behind. */
async function makePictures(
  { id }: MediaRecord,
  file: ArrivedFile,
  { variants }: MediaStorage,
): Promise<repository.Outcome> {
  try {
    const picture = await readPicture(await contentOf(file));
    for await (const variant of picture.variants()) await variants.put(id, variant);
    const { width, height, placeholder, transparent, widths } = picture;
    return { state: "ready", picture: { id, width, height, placeholder, transparent, widths, hasCard: true } };
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
