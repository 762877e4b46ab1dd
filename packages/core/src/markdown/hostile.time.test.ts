import fc from "fast-check";
import { toHtml } from "hast-util-to-html";
import { describe, expect, it } from "vitest";
import { excerptOf } from "../post/post.excerpt.ts";
import { picturesIn, wordsIn } from "../post/prose.ts";
import { elementsOf } from "./hast.ts";
import { mostElements } from "./limits.ts";
import { parseMarkdown } from "./parse.ts";
import { renderArticle } from "./render.ts";
import type { Profile } from "./schema.ts";

/** Renders a text as it is rendered for readers. */
async function render(source: string, profile: Profile = "article"): Promise<string> {
  if (profile === "comment") return toHtml(parseMarkdown(source, profile));
  const { html, feedHtml } = await renderArticle(source, "https://daybook.test/@maya/a", { pictures: [], eager: true });
  return html + feedHtml;
}

function publish(source: string): Promise<string> {
  picturesIn(source);
  wordsIn(source);
  excerptOf(source);
  return render(source);
}

/**
 * Measures the CPU time of this thread in milliseconds, so that other processes are not counted. Returns the minimum of
 * up to five runs, because the rest is noise. Stops at the first run within `limit`.
 */
async function cpuMs(work: () => Promise<unknown>, limit = 0): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5 && least > limit; run += 1) {
    const start = process.threadCpuUsage();
    await work();
    least = Math.min(least, process.threadCpuUsage(start).user / 1_000);
  }
  return least;
}

const repeat = (count: number, work: () => Promise<unknown>) => async () => {
  for (let done = 0; done < count; done += 1) await work();
};

const ofLength = (shape: string, length: number) => shape.repeat(Math.ceil(length / shape.length)).slice(0, length);
const largest = 50_000;

const marks = [
  ...[
    "*",
    "_",
    "~",
    "`",
    "[",
    "]",
    "(",
    ")",
    "!",
    "<",
    ">",
    "&",
    "|",
    "-",
    "+",
    "#",
    ":",
    "\\",
    "=",
    '"',
    "'",
    "/",
    "@",
    ".",
  ],
  ...[
    "a",
    " ",
    "\n",
    "\n\n",
    "\t",
    "    ",
    "1. ",
    "- ",
    "> ",
    "**",
    "~~",
    "```",
    "![",
    "](b)",
    "[^a]",
    "[^a]: ",
    "[a]: b\n",
  ],
  ...["&a;", "www.a.b", "http://a.b", "a@b.c", "<a ", "<!--", "<?", "<![CDATA["],
];
const pairs = marks.flatMap((first) => marks.map((second) => first + second));

const table = (columns: number, rows: number) =>
  `|${"a|".repeat(columns)}\n|${"-|".repeat(columns)}\n${"|\n".repeat(rows)}`;
const numbered = (count: number, write: (number: number) => string) =>
  Array.from({ length: count }, (_, n) => write(n)).join("");

/** Texts that a repetition of a few characters cannot produce. `size` is the approximate length. */
const shapes: Readonly<Record<string, (size: number) => string>> = {
  "a wide and high table": (size) => table(size / 16, size / 2.5),
  "a table of one column": (size) => table(1, size / 2),
  "quotes in quotes": (size) => `${">".repeat(size)}a`,
  "lists in lists": (size) => `${"- ".repeat(size / 2)}a`,
  "lists with empty lines": (size) => `${"- ".repeat(90)}a${"\n".repeat(size)}`,
  "lists that go on inwards": (size) => numbered(Math.sqrt(size), (depth) => `${" ".repeat(depth * 2)}- a\n`),
  "notes in notes": (size) => "[^a]: ".repeat(size / 6),
  "many notes": (size) => numbered(size / 16, (n) => `[^${n}]`) + numbered(size / 16, (n) => `\n\n[^${n}]: b`),
  "as many notes as are shown": (size) =>
    numbered(size / 36, (n) => `[^${n}]`) + numbered(size / 36, (n) => `\n\n[^${n}]: and twenty letters`),
  "one note, often": (size) => `${"[^a]".repeat(size / 4)}\n\n[^a]: b`,
  "notes without end": (size) => `[^a]: b\n\n${"[^".repeat(size / 2)}`,
  "many definitions": (size) => numbered(size / 18, (n) => `[a${n}]: b\n`) + numbered(size / 18, (n) => ` [a${n}]`),
  "stars around a word": (size) => `${"*".repeat(size / 2)}a${"*".repeat(size / 2)}`,
  "links in links": (size) => `${"[".repeat(size / 5)}a${"](b)".repeat(size / 5)}`,
  "pictures in pictures": (size) => `${"![".repeat(size / 6)}a${"](b)".repeat(size / 6)}`,
  "ticks of every length": (size) => numbered(Math.sqrt(size * 2), (n) => `${"`".repeat(n + 1)}a`),
  "emphasis that opens": (size) => "*a **a _a ".repeat(size / 10),
  "a long address": (size) => `www.${"a.".repeat(size / 4)}${"&a;".repeat(size / 6)}`,
  "an address of mail": (size) => `${"a.".repeat(size / 2)}@b.c`,
  "attributes of HTML": (size) => `<a ${'b="c" '.repeat(size / 6)}`,
  "headings alike": (size) => "# a\n".repeat(size / 4),
  "as many headings as are shown": (size) => "# nine\n\n".repeat(size / 8),
  "as many cells as are shown": (size) => table(10, size / 125).replaceAll(/^\|$/gm, `|${" a word |".repeat(10)}`),
  "words without end": (size) => "a".repeat(size),
  "code of templates": (size) => `\`\`\`ts\n${ofLength("`${", size).replaceAll(/.{400}/g, "$&\n")}\n\`\`\``,
  "code of elements": (size) => `\`\`\`html\n${ofLength("<a b='", size).replaceAll(/.{400}/g, "$&\n")}\n\`\`\``,
  "blocks of code": (size) => "```js\n({[\n```\n".repeat(size / 14),
};

const second = 1_000;
/** Timeout of a test. A busy machine delays it, but only CPU time is asserted. */
const timeout = 120_000;

describe("a 50 KB text built to be slow", () => {
  it.each(Object.entries(shapes))("takes less than a second and grows linearly: %s", { timeout }, async (_, shape) => {
    const [small, large] = [shape(largest / 8), shape(largest)];
    // Eight small texts cause as much garbage collection as a large one. Below 20 ms, noise dominates.
    const eight = Math.max(await cpuMs(repeat(8, () => publish(small))), 8 * 20);
    const limit = Math.min((10 / 8) * eight, second);
    const one = await cpuMs(() => publish(large), limit);
    expect(one).toBeLessThan(limit);
  });

  it("takes less than a second for any two marks", { timeout }, async () => {
    const short: { readonly pair: string; readonly time: number }[] = [];
    for (const pair of pairs) {
      const start = process.threadCpuUsage();
      await publish(ofLength(pair, 1_500));
      short.push({ pair, time: process.threadCpuUsage(start).user });
    }
    // Text that takes more than linear time is also among the slowest when it is short.
    for (const { pair } of short.toSorted((one, other) => other.time - one.time).slice(0, 6)) {
      const time = await cpuMs(() => publish(ofLength(pair, largest)), second);
      expect(time, JSON.stringify(pair)).toBeLessThan(second);
    }
  });

  it("takes less than a second for any few marks", { timeout }, async () => {
    const shape = fc.array(fc.constantFrom(...marks), { minLength: 3, maxLength: 5 }).map((parts) => parts.join(""));
    const isQuick = async (parts: string) => {
      expect(await cpuMs(() => publish(ofLength(parts, largest)), second)).toBeLessThan(second);
    };
    await fc.assert(fc.asyncProperty(shape, isQuick), { numRuns: 8 });
  });
});

describe("any text", () => {
  it("has no more elements than the limit and always renders the same HTML", { timeout }, async () => {
    const texts = fc.array(fc.constantFrom(...marks, "| a | b |\n| - | - |\n", "```ts\nlet a = 1\n```\n"), {
      maxLength: 60,
    });
    const profiles = fc.constantFrom<Profile>("article", "comment");
    await fc.assert(
      fc.asyncProperty(texts, profiles, async (parts, profile) => {
        const source = parts.join("");
        // Each heading adds an anchor.
        expect(elementsOf(parseMarkdown(source, profile)).length).toBeLessThan(mostElements[profile] * 2);
        expect(await render(source, profile)).toBe(await render(source, profile));
      }),
      { numRuns: 100 },
    );
  });
});

describe("500 comments of 2,000 characters", () => {
  it.each(["*_", "*a*", "[a](b)", "*a_b*c_ ", "![", "- ", "[^a]", "a@b.c", "\n#", "~a "])(
    "take at most three seconds for %j",
    { timeout },
    async (shape) => {
      const source = ofLength(shape, 2_000);
      const fifty = repeat(50, () => render(source, "comment"));
      expect(await cpuMs(fifty, 300)).toBeLessThan(300);
    },
  );
});
