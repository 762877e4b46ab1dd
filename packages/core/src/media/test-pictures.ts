import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** Gray noise, which no format compresses well. */
export const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 30 } },
  });

/** A JPEG of 300 × 200 pixels, red on the left, with EXIF orientation 6 and other camera metadata. */
export async function photograph(): Promise<Buffer> {
  const red = await sharp({ create: { width: 150, height: 200, channels: 3, background: "#e00" } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 300, height: 200, channels: 3, background: "#00e" } })
    .composite([{ input: red, left: 0, top: 0 }])
    .jpeg()
    .withExif({
      IFD0: { Artist: "Maya at home" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 30/1 0/1" },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const signature = Buffer.from("89504e470d0a1a0a", "hex");

/** A PNG of one color, with extra chunks after its header. */
function png(width: number, height: number, ...others: Buffer[]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    ...others,
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A PNG with a text chunk. */
export const described = (): Buffer => png(400, 300, chunk("tEXt", Buffer.from("Comment\0Maya at home", "latin1")));

/** A PNG of 144 megapixels in 140 KB. */
export const bomb = (): Buffer => png(12_000, 12_000);

/** A GIF with three frames. */
export async function animation(): Promise<Buffer> {
  const picture = (background: string) =>
    sharp({ create: { width: 60, height: 40, channels: 3, background } })
      .png()
      .toBuffer();
  const pictures = await Promise.all(["#e00", "#0e0", "#00e"].map(picture));
  return sharp(pictures, { join: { animated: true } })
    .gif()
    .toBuffer();
}
