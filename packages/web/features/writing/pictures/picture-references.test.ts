import { describe, expect, it } from "vitest";
import { picturesIn, uploadPlaceholder, uploadsIn, withAlt, withPicture } from "./picture-references.ts";

const id = "med_01KA6V8C3D4E5F6G7H8J9K0M1N";

describe("the pictures of a text", () => {
  it("are found with what is said of them", () => {
    expect(picturesIn(`One ![a cat](media:${id})\n![](media:${id}) ![x](https://example.com/x.png)`)).toMatchObject([
      { id, alt: "a cat" },
      { id, alt: "" },
    ]);
  });

  it("can be described with any characters, and nothing else of the text changes", () => {
    const text = `before ![](media:${id}) after`;
    const described = picturesIn(text).map((picture) => withAlt(text, picture, "a [small]\ncat \\ dog"))[0] ?? "";
    expect(described).toBe(`before ![a \\[small\\] cat \\\\ dog](media:${id}) after`);
    expect(picturesIn(described)[0]?.alt).toBe("a [small] cat \\ dog");
  });

  it("have a place while they are on their way, which nothing is left of if they fail", () => {
    const text = `one\n${uploadPlaceholder("u-1", "Uploading [a].png…")}\ntwo ${uploadPlaceholder("u-2", "…")}`;
    expect(uploadsIn(text)).toEqual(["u-1", "u-2"]);
    const done = withPicture(text, "u-1", id);
    expect(done).toContain(`one\n![](media:${id})\ntwo`);
    expect(withPicture(done, "u-2", undefined)).toBe(`one\n![](media:${id})\ntwo `);
  });
});
