import { describe, expect, it } from "vitest";
import {
  picturesIn,
  uploadPlaceholder,
  uploadsIn,
  withAlt,
  withDecorative,
  withPicture,
} from "./picture-references.ts";

const id = "med_01KA6V8C3D4E5F6G7H8J9K0M1N";

describe("pictures in a text", () => {
  it("are found with their alternative texts", () => {
    expect(picturesIn(`One ![a cat](media:${id})\n![](media:${id}) ![x](https://example.com/x.png)`)).toMatchObject([
      { id, alt: "a cat" },
      { id, alt: "" },
    ]);
  });

  it("are found with a caption, in angle brackets and marked as decorative, but not in code", () => {
    const captioned = `![](media:${id} "A caption") ![x](<media:${id}>) ![](media:${id}#decorative 'One')`;
    expect(picturesIn(captioned)).toMatchObject([
      { id, alt: "", decorative: false },
      { id, alt: "x", decorative: false },
      { id, alt: "", decorative: true },
    ]);
    const inCode = `\`![](media:${id})\`\n\n~~~md\n![](media:${id})\n~~~\n![seen](media:${id})\n\`\`\`\n![](media:${id})`;
    expect(picturesIn(inCode).map(({ alt }) => alt)).toEqual(["seen"]);
    expect(picturesIn(`![](media:${id}X)`)).toEqual([]);
  });

  it("get a description before their caption", () => {
    const text = `![](media:${id} "A caption")`;
    expect(picturesIn(text).map((picture) => withAlt(text, picture, "A cat"))).toEqual([
      `![A cat](media:${id} "A caption")`,
    ]);
  });

  it("become decorative, and no longer", () => {
    const text = `a ![A cat](media:${id} "A caption") b`;
    const [decorative = ""] = picturesIn(text).map((picture) => withDecorative(text, picture, true));
    expect(decorative).toBe(`a ![](media:${id}#decorative "A caption") b`);
    const [described] = picturesIn(decorative).map((picture) => withDecorative(decorative, picture, false));
    expect(described).toBe(`a ![](media:${id} "A caption") b`);
  });

  it("take any characters as alternative text and leave the other text unchanged", () => {
    const text = `before ![](media:${id}) after`;
    const described = picturesIn(text).map((picture) => withAlt(text, picture, "a [small]\ncat \\ dog"))[0] ?? "";
    expect(described).toBe(`before ![a \\[small\\] cat \\\\ dog](media:${id}) after`);
    expect(picturesIn(described)[0]?.alt).toBe("a [small] cat \\ dog");
  });

  it("replace their upload placeholders, which disappear if the upload fails", () => {
    const text = `one\n${uploadPlaceholder("u-1", "Uploading [a].png…")}\ntwo ${uploadPlaceholder("u-2", "…")}`;
    expect(uploadsIn(text)).toEqual(["u-1", "u-2"]);
    const done = withPicture(text, "u-1", id);
    expect(done).toContain(`one\n![](media:${id})\ntwo`);
    expect(withPicture(done, "u-2", undefined)).toBe(`one\n![](media:${id})\ntwo `);
    const block = `one\n\n${uploadPlaceholder("u-3", "…")}\n\ntwo`;
    expect(withPicture(block, "u-3", undefined)).toBe("one\n\ntwo");
    expect(withPicture(block, "u-3", id)).toBe(`one\n\n![](media:${id})\n\ntwo`);
  });
});
