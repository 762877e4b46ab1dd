import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readPicture, type VariantFile } from "./media.image.ts";
import { animation, bomb, described, noise, photograph } from "./test-pictures.ts";

const variantsOf = async (picture: Awaited<ReturnType<typeof readPicture>>): Promise<VariantFile[]> =>
  Array.fromAsync(picture.variants());

describe("readPicture", () => {
  it("creates AVIF and WebP variants in steps up to the picture's width", async () => {
    const picture = await readPicture(await noise(1000, 500).jpeg().toBuffer());
    expect(picture).toMatchObject({ width: 1000, height: 500, widths: [320, 640, 1000] });
    const variants = await variantsOf(picture);
    expect(variants.map(({ width, format }) => `${width}.${format}`)).toEqual([
      ...["320.avif", "320.webp", "640.avif", "640.webp", "1000.avif", "1000.webp", "1200.jpeg"],
    ]);
    for (const { width, format, content } of variants.slice(0, -1)) {
      const { format: found, compression, ...size } = await sharp(content).metadata();
      expect(size).toMatchObject({ width, height: width / 2 });
      expect(compression === "av1" ? "avif" : found).toBe(format);
    }
  });

  it.each([
    [3000, 500],
    [40, 300],
  ])("creates a card of 1200 × 630 pixels of a picture of %i × %i", async (width, height) => {
    const clear = { create: { width, height, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } } };
    const picture = await readPicture(await sharp(clear).png().toBuffer());
    const card = (await variantsOf(picture)).at(-1)?.content;
    expect(await sharp(card).metadata()).toMatchObject({ width: 1200, height: 630, format: "jpeg" });
    expect((await sharp(card).stats()).channels.map(({ min }) => min)).toEqual([255, 255, 255]);
  });

  it("never enlarges a picture and creates at least one variant", async () => {
    const picture = await readPicture(await noise(40, 30).png().toBuffer());
    expect(picture).toMatchObject({ width: 40, height: 30, widths: [40] });
  });

  it("limits the width to the widest step", async () => {
    const picture = await readPicture(await noise(3000, 1500).webp().toBuffer());
    expect(picture).toMatchObject({ width: 2048, height: 1024, widths: [320, 640, 960, 1440, 2048] });
  });

  it("accepts the panorama of a phone", async () => {
    const flat = sharp({ create: { width: 16_382, height: 3_628, channels: 3, background: "#369" } });
    const picture = await readPicture(await flat.jpeg().toBuffer());
    expect(picture).toMatchObject({ width: 2_048, height: 454 });
  });

  it("limits the number of pixels of a tall picture", async () => {
    const flat = sharp({ create: { width: 1000, height: 16_000, channels: 3, background: "#369" } });
    const { width, height } = await readPicture(await flat.png().toBuffer());
    expect(width * height).toBeLessThanOrEqual(8_000_000);
    expect(height / width).toBeCloseTo(16, 1);
  });

  it("rotates a picture upright according to its EXIF orientation", async () => {
    const picture = await readPicture(await photograph());
    expect(picture).toMatchObject({ width: 200, height: 300 });
    const [, webp] = await variantsOf(picture);
    // The source lies on its side, so its left edge is the top of the result.
    const { data } = await sharp(webp?.content).raw().toBuffer({ resolveWithObject: true });
    expect([data[0], data[1]].map((value = 0) => value > 128)).toEqual([true, false]);
  });

  it.each([
    ["a photograph's place and camera", photograph],
    ["a text in a PNG", described],
  ] as const)("removes metadata: %s", async (_, make) => {
    const file = await make();
    expect(file.includes("Maya at home")).toBe(true);
    for (const { content } of await variantsOf(await readPicture(file))) {
      expect(content.includes("Maya at home")).toBe(false);
      const { exif, xmp, iptc, icc, orientation } = await sharp(content).metadata();
      expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
    }
  });

  it("takes the first frame of an animation", async () => {
    const picture = await readPicture(await animation());
    const [, webp] = await variantsOf(picture);
    expect(await sharp(webp?.content).metadata()).toMatchObject({ width: 60, height: 40 });
    expect((await sharp(webp?.content).metadata()).pages ?? 1).toBe(1);
  });

  it("keeps transparency and reports it", async () => {
    const create = { width: 50, height: 50, channels: 4 } as const;
    const fileOf = (background: string) =>
      sharp({ create: { ...create, background } })
        .png()
        .toBuffer();
    const picture = await readPicture(await fileOf("#f000"));
    expect(picture.transparent).toBe(true);
    const [, webp] = await variantsOf(picture);
    expect(await sharp(webp?.content).metadata()).toMatchObject({ hasAlpha: true });
    expect(await readPicture(await fileOf("#f00f"))).toMatchObject({ transparent: false });
    expect(await readPicture(await noise(50, 50).jpeg().toBuffer())).toMatchObject({ transparent: false });
  });

  it("creates a placeholder of a few pixels", async () => {
    const { placeholder } = await readPicture(await noise(900, 300).avif().toBuffer());
    const [head = "", base64 = ""] = placeholder.split(",");
    expect(head).toBe("data:image/webp;base64");
    expect(await sharp(Buffer.from(base64, "base64")).metadata()).toMatchObject({ width: 16, format: "webp" });
    expect(placeholder.length).toBeLessThan(600);
  });
});

describe("readPicture rejects a file", () => {
  const jpeg = () => noise(400, 300).jpeg().toBuffer();
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
  );
  const tiff = () => noise(20, 20).tiff().toBuffer();
  /** An AVIF whose header claims 56 megapixels. */
  async function large(): Promise<Buffer> {
    const file = await noise(40, 30).avif().toBuffer();
    const size = file.indexOf("ispe") + 8;
    file.writeUInt32BE(8_000, size);
    file.writeUInt32BE(7_000, size + 4);
    return file;
  }

  it.each([
    ["HTML", async () => Buffer.from("<!doctype html><script>alert(1)</script>"), "not-a-picture"],
    ["an SVG", async () => svg, "not-a-picture"],
    ["nothing", async () => Buffer.alloc(0), "not-a-picture"],
    ["a picture of a kind that we do not take", tiff, "not-a-picture"],
    ["half of a picture", async () => (await jpeg()).subarray(0, 3_000), "unreadable"],
    ["half of a PNG", async () => (await noise(99, 99).png().toBuffer()).subarray(0, 9_000), "unreadable"],
    ["a small file with very many pixels", bomb, "too-large"],
    ["an AVIF that takes more memory than other formats", large, "too-large"],
  ] as const)("that is %s", async (_, make, reason) => {
    await expect(readPicture(await make())).rejects.toMatchObject({ name: "PictureRefusedError", reason });
  });

  it("with an extreme aspect ratio", async () => {
    const line = await sharp({ create: { width: 1, height: 20_000, channels: 3, background: "#000" } })
      .png()
      .toBuffer();
    await expect(readPicture(line)).rejects.toMatchObject({ reason: "too-large" });
  });
});
