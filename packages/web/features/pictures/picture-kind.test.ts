import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { isAnimated, kindOf } from "./picture-kind.ts";

const flat = (background: string) => sharp({ create: { width: 20, height: 10, channels: 3, background } });
const frames = async () => {
  const all = await Promise.all(["#e00", "#0e0", "#00e"].map((colour) => flat(colour).png().toBuffer()));
  return sharp(all, { join: { animated: true } });
};
/** The start of a file of the ISO base media format with these brands. */
const iso = (...brands: string[]) =>
  new TextEncoder().encode(`\0\0\0${String.fromCharCode(8 + 4 * brands.length + 4)}ftyp${brands.join("")}\0\0\0\0`);

describe("kindOf", () => {
  it.each(["avif", "gif", "jpeg", "png", "webp"] as const)("recognizes %s by its bytes", async (format) => {
    expect(kindOf(await flat("#123").toFormat(format).toBuffer())).toBe(format);
  });

  it("recognizes HEIC, and AVIF with the general brand of pictures", () => {
    expect(["heic", "mif1", "heix"].map((brand) => kindOf(iso(brand)))).toEqual(["heic", "heic", "heic"]);
    expect(kindOf(iso("mif1", "\0\0\0\0", "avif"))).toBe("avif");
  });

  it("does not recognize other files", () => {
    for (const text of ["", "<svg/>", "<!doctype html>", "RIFF....WAVE", "\0\0\0\x18ftypisom"])
      expect(kindOf(new TextEncoder().encode(text))).toBeUndefined();
  });
});

describe("isAnimated", () => {
  it.each(["gif", "webp"] as const)("tells a %s that moves from one that does not", async (format) => {
    expect(isAnimated(await (await frames())[format]().toBuffer(), format)).toBe(true);
    expect(isAnimated(await flat("#123")[format]().toBuffer(), format)).toBe(false);
  });

  it("recognizes an animated PNG and an animated AVIF", async () => {
    const still = await flat("#123").png().toBuffer();
    expect(isAnimated(still, "png")).toBe(false);
    const header = still.subarray(0, 33);
    expect(isAnimated(Buffer.concat([header, Buffer.from("\0\0\0\x08acTL"), still.subarray(33)]), "png")).toBe(true);
    expect(isAnimated(iso("avis"), "avif")).toBe(true);
    expect(isAnimated(iso("avif"), "avif")).toBe(false);
  });

  it("ends at damaged blocks", async () => {
    const gif = await (await frames()).gif().toBuffer();
    for (let length = 0; length < 60; length += 1) isAnimated(gif.subarray(0, length), "gif");
  });
});
