import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanLine, cleanText } from "./clean-text.ts";
import { line, lines, trimmedLines } from "./text.ts";

const name = line({ min: 1, max: 10 });

describe("a text of a user", () => {
  it.each([
    ["white space around it", "  Tea\u00a0 ", "Tea"],
    ["decomposed letters", "Cafe\u0301", "Café"],
    ["control characters", "T\u0000e\u0007a\u009b", "Tea"],
    ["overrides and embeddings of the direction", "\u202egpj\u202c.\u202aexe", "gpj.exe"],
    ["a byte order mark and noncharacters", "\ufeffTea\ufffe\u{1ffff}", "Tea"],
    ["line breaks and tabs, as spaces", "Tea\r\n\tand\vmilk", "Tea and milk"],
  ])("on one line is stored without %s", (_, typed, stored) => {
    expect(line({ min: 1, max: 100 }).parse(typed)).toBe(stored);
  });

  it("keeps joiners, isolates and marks of the direction, which scripts and emoji need", () => {
    for (const text of ["👩‍🌾", "می‌خواهم", "\u2067שלום\u2069 a", "a\u200f", "🏴\u{e0067}\u{e0062}\u{e007f}"])
      expect(line({ min: 1, max: 100 }).parse(text)).toBe(text);
  });

  it("with several lines keeps line feeds and tabs", () => {
    const typed = " a\r\n\tb\u0001\rc\vd ";
    expect(lines({ min: 0, max: 100 }).parse(typed)).toBe(" a\n\tb\nc\nd ");
    expect(trimmedLines({ min: 0, max: 100 }).parse(typed)).toBe("a\n\tb\nc\nd");
  });

  it.each(["", " ", "\u200b", "\u3164", "\u2800\u2063", "\u202e", "\u0000", "\u{e0020}\ufe0f"])(
    "is empty without a visible character: %j",
    (typed) => {
      expect(name.safeParse(typed).error?.issues).toMatchObject([{ message: "Must not be empty" }]);
    },
  );

  it("has the length that is stored", () => {
    expect(name.parse(` ${"e\u0301".repeat(10)}\u0000 `)).toBe("é".repeat(10));
    expect(name.safeParse("é".repeat(11)).success).toBe(false);
  });

  it("stays the same when it is cleaned again", () => {
    const part = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\u0301", "e", "\u0001", "\r", "\n", " "));
    const text = fc.array(part).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (typed) => {
        expect(cleanText(cleanText(typed))).toBe(cleanText(typed));
        expect(cleanLine(cleanLine(typed))).toBe(cleanLine(typed));
      }),
    );
  });
});
