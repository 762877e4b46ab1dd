/** The kind of a picture, by its content. */
export type PictureKind = "avif" | "gif" | "heic" | "jpeg" | "png" | "webp";

const latin1 = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** Brands of the ISO base media format (ISO/IEC 14496-12) that are pictures. */
const brands: Readonly<Record<string, PictureKind>> = {
  ...{ avif: "avif", avis: "avif" },
  ...{ heic: "heic", heix: "heic", hevc: "heic", heim: "heic", heis: "heic", mif1: "heic", msf1: "heic" },
};

/** Returns the kind of a file by its first bytes and not by its name, or undefined if it is none of these pictures. */
export function kindOf(bytes: Uint8Array): PictureKind | undefined {
  const start = latin1(bytes, 0, 12);
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (/^GIF8[79]a/.test(start)) return "gif";
  if (start.startsWith("RIFF") && start.endsWith("WEBP")) return "webp";
  if (start.slice(4, 8) !== "ftyp") return undefined;
  // The brand and then the compatible brands. A picture of either kind can have the brand "mif1".
  const box = latin1(bytes, 8, Math.min(bytes[3] ?? 0, 64));
  return box.includes("avif") ? "avif" : brands[start.slice(8)];
}

/** Whether a picture of this kind moves: a GIF with two frames, an animated WebP, PNG or AVIF. */
export function isAnimated(bytes: Uint8Array, kind: PictureKind): boolean {
  if (kind === "gif") return hasTwoFrames(bytes);
  // The flag for an animation in the chunk VP8X.
  if (kind === "webp") return latin1(bytes, 12, 16) === "VP8X" && ((bytes[20] ?? 0) & 2) !== 0;
  // An animated PNG has the chunk acTL before the first IDAT.
  if (kind === "png") return latin1(bytes, 0, 10_000).split("IDAT", 1)[0]?.includes("acTL") ?? false;
  return kind === "avif" && latin1(bytes, 8, 12) === "avis";
}

const extension = 0x21;
const frame = 0x2c;

/** Returns the size in bytes of a GIF's color table, which the lowest three bits of its flags encode. */
const tableBytes = (flags = 0) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Counts the frames of a GIF (https://www.w3.org/Graphics/GIF/spec-gif89a.txt) up to the second. */
function hasTwoFrames(bytes: Uint8Array): boolean {
  let at = 13 + tableBytes(bytes[10]);
  let frames = 0;
  while (bytes[at] === extension || bytes[at] === frame) {
    if (bytes[at] === frame) frames += 1;
    if (frames === 2) return true;
    at += bytes[at] === extension ? 2 : 11 + tableBytes(bytes[at + 9]);
    // Sub-blocks, each with its length before it, until an empty one.
    while (bytes[at]) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return false;
}
