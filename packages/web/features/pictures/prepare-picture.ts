import { uploadBytes, type uploadTypes } from "@daybook/core/media/media.limits";
import { pictureWords } from "../../copy/pictures.ts";
import { isAnimated, kindOf } from "./picture-kind.ts";
import { UploadError } from "./upload-error.ts";

const words = pictureWords;

type UploadType = (typeof uploadTypes)[number];

/** A file that can be uploaded. */
export interface PreparedPicture {
  readonly content: Blob;
  readonly type: UploadType;
  /** Whether the chosen file moves. Only its first frame is shown. */
  readonly animated: boolean;
}

/** Largest file to read into memory, in bytes. */
const mostBytes = 200 * 1024 * 1024;

/**
 * Prepares a chosen file for its upload: takes its type from its content, makes a file smaller that is too large, and
 * converts HEIC where the browser can decode it.
 * @throws UploadError
 */
export async function preparePicture(file: File): Promise<PreparedPicture> {
  if (file.size === 0) throw new UploadError(words.empty);
  if (file.size > mostBytes) throw new UploadError(words.tooLarge(mostBytes / 1024 / 1024));
  const bytes = await bytesOf(file);
  const kind = kindOf(bytes);
  if (kind === undefined) throw new UploadError(words.wrongType);
  const animated = isAnimated(bytes, kind);
  if (kind !== "heic" && file.size <= uploadBytes) {
    const type = `image/${kind}` as const;
    return { content: new Blob([file], { type }), type, animated };
  }
  const refusal = kind === "heic" ? words.heic : words.tooLarge(uploadBytes / 1024 / 1024);
  // Neither photographs nor HEIC pictures of a camera have transparent parts, which JPEG cannot store.
  const picture = await reduced(file, kind === "heic" || kind === "jpeg" ? "image/jpeg" : "image/webp");
  if (!picture) throw new UploadError(refusal);
  return { ...picture, animated };
}

/** Reads a file. It may have been moved or changed since it was chosen. */
async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new UploadError(words.refused.unreadable, { cause });
  }
}

/** Most pixels of a canvas on iOS. */
const canvasPixels = 16_777_216;
/** Twice the width of the widest variant that readers see. */
const widest = 4_096;
/** Longest side that WebP can store, in pixels. */
const longest = 16_383;

/** Encodes a picture again, smaller from try to try. @returns undefined if the browser cannot decode it */
async function reduced(
  file: File,
  wanted: UploadType,
): Promise<{ readonly content: Blob; readonly type: UploadType } | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const { width, height } = picture;
  let scale = Math.min(1, widest / width, longest / height, Math.sqrt(canvasPixels / (width * height)));
  for (let tries = 0; tries < 5; tries += 1, scale *= 0.7) {
    const canvas = new OffscreenCanvas(Math.max(1, Math.floor(width * scale)), Math.max(1, Math.floor(height * scale)));
    const context = canvas.getContext("2d");
    if (!context) break;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const content = await canvas.convertToBlob({ type: wanted, quality: 0.9 });
    if (content.size > uploadBytes) continue;
    picture.close();
    // A browser that cannot encode WebP gives a PNG.
    return { content, type: content.type === wanted ? wanted : "image/png" };
  }
  picture.close();
  return undefined;
}
