import { describe, expect, it } from "vitest";
import { picturesIn, uploadPlaceholder, uploadsIn, withAlt, withPicture } from "./picture-references.ts";

const id = "med_01KA6V8C3D4E5F6G7H8J9K0M1N";

describe("pictures in a text", () => {
  it("are found with their alternative texts", () => {
    expect(picturesIn(`One ![a cat](media:${id})\n![](media:${id}) ![x](https://example.com/x.png)`)).toMatchObject([
      { id, alt: "a cat" },
      { id, alt: "" },
    ]);
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
  });
});
