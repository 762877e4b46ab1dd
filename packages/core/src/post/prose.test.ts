import { describe, expect, it } from "vitest";
import { picturesIn, readingMinutes, wordsIn } from "./prose.ts";

const [one, two] = ["med_01KA6V8C3D4E5F6G7H8J9K0M1N", "med_01KA6V8C3D4E5F6G7H8J9K0M2P"];

describe("picturesIn", () => {
  it("finds the author's pictures with their alternative texts, in order", () => {
    const body = `![A  garden](media:${one})\n\nText ![](media:${two} "title") and ![ ](<media:${one}>)`;
    expect(picturesIn(body)).toEqual([
      { id: one, alt: "A  garden" },
      { id: two, alt: "" },
      { id: one, alt: "" },
    ]);
  });

  it("finds pictures in reference style, without their alternative texts", () => {
    expect(picturesIn(`![A garden][g]\n\n[g]: media:${one}`)).toEqual([{ id: one, alt: undefined }]);
  });

  it("ignores pictures in code", () => {
    expect(picturesIn(`\`![](media:${one})\`\n\n~~~md\n![](media:${one})\n\`\`\`\n![](media:${one})\n~~~\n`)).toEqual(
      [],
    );
    expect(picturesIn(`\`\`\`\n\`\`\`\n![x](media:${one})`)).toEqual([{ id: one, alt: "x" }]);
  });

  it("ignores pictures that are not uploads", () => {
    expect(picturesIn("![x](https://example.com/x.png) ![y](media:nonsense) ![z](/media/z)")).toEqual([]);
  });
});

describe("wordsIn", () => {
  it.each([
    ["", 0],
    ["One, two — three.", 3],
    ["# A *title*\n\n- [x] an item\n> a [quotation](https://example.com/a/b)", 6],
    ["| a | b |\n|---|:-:|\n| c | d |", 4],
    ["![not read](media:x) <b>read</b> `code` <https://example.com>", 4],
    ["```js\nconst not = read;\n```\nread", 1],
    ["我喜欢花园", 3],
  ])("counts the words of %j as %i", (markdown, count) => {
    expect(wordsIn(markdown)).toBe(count);
  });
});

describe("readingMinutes", () => {
  it("is at least one", () => {
    expect([0, 230, 500, 2300].map(readingMinutes)).toEqual([1, 1, 2, 10]);
  });
});
