import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeLines } from "./merge-lines.ts";

const marks = { mine: "<", theirs: "=", end: ">" };
const merge = (base: string, mine: string, theirs: string) =>
  mergeLines(base.replaceAll(" ", "\n"), mine.replaceAll(" ", "\n"), theirs.replaceAll(" ", "\n"), marks).replaceAll(
    "\n",
    " ",
  );

describe("mergeLines", () => {
  it.each([
    ["changes of different lines are both taken", "a b c", "A b c", "a b C", "A b C"],
    ["a change of one side alone is taken", "a b c", "a b c", "a x c", "a x c"],
    ["lines that one side added stay", "a c", "a b c", "a c d", "a b c d"],
    ["lines that one side deleted go", "a b c", "a c", "a b c d", "a c d"],
    ["the same change is taken once", "a b", "a x", "a x", "a x"],
    ["different changes of one line both stay, marked", "a b c", "a x c", "a y c", "a < x = y > c"],
  ])("%s", (_, base, mine, theirs, merged) => {
    expect(merge(base, mine, theirs)).toBe(merged);
  });

  const text = fc.array(fc.constantFrom("a", "b", "c", "d", ""), { maxLength: 8 }).map((lines) => lines.join("\n"));

  it("returns the changed text if only one side changed or both changed alike", () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(mergeLines(base, changed, base, marks)).toBe(changed);
        expect(mergeLines(base, base, changed, marks)).toBe(changed);
        expect(mergeLines(base, changed, changed, marks)).toBe(changed);
      }),
    );
  });

  it("merges long texts without common lines in reasonable time", () => {
    const long = (word: string) => Array.from({ length: 5_000 }, (_, i) => `${word} ${i}`).join("\n");
    const merged = mergeLines(long("a"), long("b"), long("c"), marks);
    expect(merged).toContain("b 4999");
    expect(merged).toContain("c 4999");
  });

  it("merges a long post with an empty line between its paragraphs in reasonable time", () => {
    const post = (word: string) => Array.from({ length: 6_000 }, (_, i) => (i % 2 ? "" : `${word} ${i}`)).join("\n");
    expect(mergeLines(post("a"), post("b"), post("c"), marks)).toContain("b 5998");
  });

  it("merges texts of many equal lines in reasonable time", () => {
    const lines = "x\n".repeat(50_000);
    expect(mergeLines(lines, `${lines}mine`, `theirs\n${lines}`, marks)).toContain("theirs\nx\n");
  });
});
