import sharp, { type Metadata } from "sharp";
import { variantWidths } from "./media.limits.ts";
import type { Media } from "./media.ts";
import { cardFormat, cardSize, variantFormats } from "./media.variants.ts";

// Use one thread and no cache: the function processes one picture at a time.
sharp.concurrency(1);
sharp.cache(false);
// Allow only the decoders of accepted formats. SVG, for example, is never parsed.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Heif", "Jpeg", "Nsgif", "Png", "Webp"].map((name) => `VipsForeignLoad${name}Buffer`),
});

/**
 * Maximum number of pixels to decode. A small file can hold very many. A panorama of a phone has about 65 million, its
 * largest photograph 108 million. With 120 million, the worst formats (a progressive JPEG to rotate, an interlaced PNG
 * of 16 bits) need 0.8 and 1.1 GB of memory, but an AVIF needs 2.2 GB and five times as long.
 */
const decodedPixels = 120_000_000;
const decodedAvifPixels = 50_000_000;
/** Maximum number of pixels of the widest variant, for tall pictures. */
const variantPixels = 8_000_000;
/** Maximum height of a WebP picture, in pixels. */
const variantHeight = 16_383;
const widest = Math.max(...variantWidths);

/** The file is not an accepted picture. The message is for the log. */
export class PictureRefusedError extends Error {
  override readonly name = "PictureRefusedError";
  readonly reason: NonNullable<Media["reason"]>;

  constructor(reason: NonNullable<Media["reason"]>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** An encoded variant of a picture. */
export interface VariantFile {
  readonly width: number;
  readonly format: (typeof variantFormats)[number] | typeof cardFormat;
  readonly content: Buffer;
}

/** A decoded picture: upright, in sRGB, without metadata. */
export interface ReadPicture {
  /** Size of the widest variant, in pixels. */
  readonly width: number;
  readonly height: number;
  /** A thumbnail of a few pixels, as a data URL. */
  readonly placeholder: string;
  /** Whether parts of the picture are transparent. */
  readonly transparent: boolean;
  /** Widths of the variants in pixels, ascending. */
  readonly widths: readonly number[];
  /** Encodes the variants and then the card, one at a time to save memory. */
  variants(): AsyncGenerator<VariantFile>;
}

/** The accepted formats by sharp's names. */
const formats: ReadonlySet<string> = new Set(["avif", "gif", "jpeg", "png", "webp"]);

/**
 * Decodes a file by its content and not by its declared type: a WebP picture may be named `photo.jpg`. Takes the
 * first frame of an animation.
 *
 * @throws PictureRefusedError
 */
export async function readPicture(file: Uint8Array): Promise<ReadPicture> {
  await assertPicture(file);
  const { data, info } = await decode(file);
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const scaled = (width: number) => sharp(data, { raw }).resize({ width, withoutEnlargement: true });
  const widths = widthsFor(info.width);
  const tiny = await sharp(data, { raw }).resize(16, 16, { fit: "inside" }).webp({ quality: 40 }).toBuffer();
  return {
    width: info.width,
    height: info.height,
    placeholder: `data:image/webp;base64,${tiny.toString("base64")}`,
    transparent: isTransparent(data, info.channels),
    widths,
    async *variants() {
      for (const width of widths) {
        for (const format of variantFormats) {
          const image = scaled(width);
          const encoded = format === "avif" ? image.avif({ quality: 55, effort: 3 }) : image.webp({ quality: 80 });
          yield { width, format, content: await encoded.toBuffer() };
        }
      }
      const card = sharp(data, { raw })
        .resize({ ...cardSize, fit: "cover" })
        .flatten({ background: "#fff" });
      yield { width: cardSize.width, format: cardFormat, content: await card.jpeg({ quality: 80 }).toBuffer() };
    },
  };
}

/** Checks format and size from the header, before the pixels are decoded. */
async function assertPicture(file: Uint8Array): Promise<void> {
  const { format, compression, width, height } = await headOf(file);
  const found = format === "heif" && compression === "av1" ? "avif" : format;
  if (!formats.has(found)) throw new PictureRefusedError("not-a-picture", `The file is ${found}.`);
  if (width * height > (found === "avif" ? decodedAvifPixels : decodedPixels))
    throw new PictureRefusedError("too-large", `The picture has ${width} × ${height} pixels.`);
  if (widthWithin(width, height) < 1 || widthWithin(height, width) < 1) {
    throw new PictureRefusedError("too-large", `The aspect ratio is too extreme: ${width} × ${height} pixels.`);
  }
}

async function headOf(file: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(file).metadata();
  } catch (cause) {
    throw /pixel limit/.test(String(cause))
      ? new PictureRefusedError("too-large", "The picture has too many pixels.", { cause })
      : new PictureRefusedError("not-a-picture", "The file is not a picture.", { cause });
  }
}

/** Decodes the pixels of the widest variant: rotated upright, without profiles and other metadata. */
async function decode(file: Uint8Array) {
  const read = () =>
    sharp(file, { limitInputPixels: decodedPixels, failOn: "error", sequentialRead: true, autoOrient: true });
  try {
    const { autoOrient: upright } = await read().metadata();
    return await read()
      .resize({ width: widthWithin(upright.width, upright.height), withoutEnlargement: true })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
  } catch (cause) {
    throw new PictureRefusedError("unreadable", "The file is incomplete or damaged.", { cause });
  }
}

/** Whether a pixel of raw data is not opaque. With four channels, the last is the opacity. */
function isTransparent(data: Buffer, channels: number): boolean {
  if (channels !== 4) return false;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
  return false;
}

/** Returns the width of the widest variant that is within all limits. */
const widthWithin = (width: number, height: number) =>
  Math.floor(Math.min(width, widest, Math.sqrt((variantPixels * width) / height), (variantHeight * width) / height));

/**
 * Returns the widths of the variants: the steps up to 85% of the widest, and the widest. A step close to the widest
 * would save nothing. Example: 1000 gives 320, 640 and 1000, without 960.
 */
const widthsFor = (top: number) => [...variantWidths.filter((width) => width <= top * 0.85), top];
