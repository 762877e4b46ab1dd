import { describe, expect, it } from "vitest";
import { excerptOf } from "./post.excerpt.ts";
import { picturesIn, wordsIn } from "./prose.ts";

describe("processing time of hostile texts", () => {
  const size = 100_000;
  const fill = (pattern: string) => pattern.repeat(Math.ceil(size / pattern.length)).slice(0, size);
  const patterns = [
    "![",
    "[",
    "`",
    "`a",
    "<a",
    "<!--",
    "*",
    "_a",
    "\\",
    "![](",
    "[a](b ",
    "> ",
    "- ",
    "~~~\n",
    "a\n-\n",
    "media:",
    "![a](media:",
  ];

  it.each(patterns)("is short for a text that repeats %j", (pattern) => {
    const text = fill(pattern);
    const started = performance.now();
    picturesIn(text);
    wordsIn(text);
    excerptOf(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
