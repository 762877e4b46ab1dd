import sharp, { type Metadata } from "sharp";
import { variantWidths } from "./media.limits.ts";
import type { Media } from "./media.ts";
import { variantFormats } from "./media.variants.ts";

// One picture at a time has all there is, and nothing of it is kept for the next one.
sharp.concurrency(1);
sharp.cache(false);
// The decoders of what we take, and no others: an SVG, for one, is never looked into.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Heif", "Jpeg", "Nsgif", "Png", "Webp"].map((name) => `VipsForeignLoad${name}Buffer`),
});

/** More pixels than these are not decoded: a small file can hold very many. */
const decodedPixels = 50_000_000;
/** So many has the widest variant at most, however tall the picture is. */
const variantPixels = 8_000_000;
/** The tallest picture that WebP holds, in pixels. */
const variantHeight = 16_383;
const widest = Math.max(...variantWidths);

/** The file is no picture that we take; the message is for the log. */
export class PictureRefusedError extends Error {
  override readonly name = "PictureRefusedError";
  readonly reason: NonNullable<Media["reason"]>;

  constructor(reason: NonNullable<Media["reason"]>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A file for readers. */
export interface VariantFile {
  readonly width: number;
  readonly format: (typeof variantFormats)[number];
  readonly content: Buffer;
}

/** A picture that was read, upright and in the colours of the web, without anything that was said beside it. */
export interface ReadPicture {
  /** In pixels, of the widest variant. */
  readonly width: number;
  readonly height: number;
  /** A data URL of the picture in a few pixels. */
  readonly placeholder: string;
  /** In ascending order. */
  readonly widths: readonly number[];
  /** Makes the variants one after the other, so that one at a time is in memory. */
  variants(): AsyncGenerator<VariantFile>;
}

/** What sharp calls the formats that we take. */
const formats: Readonly<Record<string, string>> = {
  avif: "image/avif",
  gif: "image/gif",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/**
 * Reads a file by its bytes. Of an animation it takes the first picture.
 *
 * @param type what the file claims to be
 * @throws PictureRefusedError
 */
export async function readPicture(file: Uint8Array, type: string): Promise<ReadPicture> {
  await assertPicture(file, type);
  const { data, info } = await decode(file);
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const scaled = (width: number) => sharp(data, { raw }).resize({ width, withoutEnlargement: true });
  const widths = widthsFor(info.width);
  const tiny = await sharp(data, { raw }).resize(16, 16, { fit: "inside" }).webp({ quality: 40 }).toBuffer();
  return {
    width: info.width,
    height: info.height,
    placeholder: `data:image/webp;base64,${tiny.toString("base64")}`,
    widths,
    async *variants() {
      for (const width of widths) {
        for (const format of variantFormats) {
          const image = scaled(width);
          const encoded = format === "avif" ? image.avif({ quality: 55, effort: 3 }) : image.webp({ quality: 80 });
          yield { width, format, content: await encoded.toBuffer() };
        }
      }
    },
  };
}

/** The format is told by the file's head, before anything of it is decoded. */
async function assertPicture(file: Uint8Array, type: string): Promise<void> {
  const { format, compression, width, height } = await headOf(file);
  const found = format === "heif" && compression === "av1" ? "avif" : format;
  if (formats[found] !== type) throw new PictureRefusedError("not-a-picture", `It is ${found}, and claims ${type}.`);
  if (width * height > decodedPixels) throw new PictureRefusedError("too-large", `It has ${width} × ${height} pixels.`);
  if (widthWithin(width, height) < 1 || widthWithin(height, width) < 1) {
    throw new PictureRefusedError("too-large", `It is out of all proportion: ${width} × ${height} pixels.`);
  }
}

async function headOf(file: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(file).metadata();
  } catch (cause) {
    throw /pixel limit/.test(String(cause))
      ? new PictureRefusedError("too-large", "It has too many pixels.", { cause })
      : new PictureRefusedError("not-a-picture", "Its bytes are no picture's.", { cause });
  }
}

/** The pixels of the widest variant: turned as its camera was held, without profiles and all else that is said of it. */
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
    throw new PictureRefusedError("unreadable", "It cannot be read to its end.", { cause });
  }
}

/** How wide the widest variant is of a picture, within all limits. */
const widthWithin = (width: number, height: number) =>
  Math.floor(Math.min(width, widest, Math.sqrt((variantPixels * width) / height), (variantHeight * width) / height));

/** The widths of the variants: steps, and the widest; a step just below the widest would help nobody. */
const widthsFor = (top: number) => [...variantWidths.filter((width) => width <= top * 0.85), top];
