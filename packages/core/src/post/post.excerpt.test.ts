import { describe, expect, it } from "vitest";
import { excerptOf } from "./post.excerpt.ts";

describe("excerptOf", () => {
  it.each([
    [
      '# Title\n\nFirst *paragraph*\nof [two](https://example.com "t") lines.\n\nSecond.',
      "First paragraph of two lines.",
    ],
    ["## Title\nRight below.", "Right below."],
    ["Title\n=====\n\nText.", "Text."],
    [
      "![A garden](media:x)\n\nText[^1] with `code`, ~~gone~~ and snake_case.\n\n[^1]: Note.",
      "Text with code, gone and snake_case.",
    ],
    ["- item\n\n> quoted\n\n|a|\n|-|\n|b|\n\n---\n\n    code\n\n1. one\n\n…\n\nText.", "Text."],
    ["```\ncode\n```\n\n5 \\* 3 is right.", "5 * 3 is right."],
    ["Tea &amp; milk &copy; 2026 &lt;b&gt;", "Tea & milk © 2026 <b>"],
    ["Use <kbd>Enter</kbd> here.", "Use <kbd>Enter</kbd> here."],
    ["# Only a title", ""],
    ["", ""],
  ])("returns for %j the excerpt %j", (markdown, excerpt) => {
    expect(excerptOf(markdown)).toBe(excerpt);
  });

  it("truncates at a word, within the maximum length", () => {
    const excerpt = excerptOf(`${"garden ".repeat(60)}end`);
    expect(excerpt).toMatch(/^(garden )+garden…$/);
    expect([...excerpt].length).toBeLessThanOrEqual(300);
    expect([...excerptOf("園".repeat(400))]).toHaveLength(300);
  });
});
