import { uploadBytes } from "@daybook/core/media/media.limits";
import { afterEach, describe, expect, it, vi } from "vitest";
import { pictureWords } from "../../copy/pictures.ts";
import { preparePicture } from "./prepare-picture.ts";

const words = pictureWords;

/** Stands in for the parts of a browser that decode and encode pictures. */
function browser({ decodes }: { readonly decodes: boolean }) {
  const asked: { readonly type: string; readonly width: number; readonly height: number }[] = [];
  vi.stubGlobal("createImageBitmap", async () => {
    if (!decodes) throw new DOMException("The source image could not be decoded.", "InvalidStateError");
    return { width: 8_064, height: 6_048, close: () => undefined };
  });
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      readonly width: number;
      readonly height: number;
      constructor(width: number, height: number) {
        this.width = width;
        this.height = height;
      }
      getContext() {
        return { drawImage: () => undefined };
      }
      async convertToBlob({ type }: { type: string }) {
        asked.push({ type, width: this.width, height: this.height });
        return new Blob(["encoded"], { type });
      }
    },
  );
  return asked;
}
afterEach(() => {
  vi.unstubAllGlobals();
});

const heic = () => new File(["\0\0\0\x18ftypheic\0\0\0\0mif1heic"], "IMG_1.HEIC", { type: "image/heic" });

describe("preparePicture", () => {
  it("converts HEIC to JPEG where the browser can decode it, small enough for a canvas", async () => {
    const asked = browser({ decodes: true });
    const { content, type, animated } = await preparePicture(heic());
    expect([type, content.type, await content.text(), animated]).toEqual([
      "image/jpeg",
      "image/jpeg",
      "encoded",
      false,
    ]);
    expect(asked).toEqual([{ type: "image/jpeg", width: 4_096, height: 3_072 }]);
  });

  it("refuses HEIC with advice where the browser cannot decode it", async () => {
    browser({ decodes: false });
    await expect(preparePicture(heic())).rejects.toThrow(words.heic);
  });

  it("names the largest size for another picture that is too large and cannot be decoded", async () => {
    browser({ decodes: false });
    const png = new Uint8Array(uploadBytes + 1);
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    await expect(preparePicture(new File([png], "large.png"))).rejects.toThrow(
      words.tooLarge(uploadBytes / 1024 / 1024),
    );
  });
});
