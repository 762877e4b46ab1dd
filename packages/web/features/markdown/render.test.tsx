import type { Profile } from "@daybook/core/markdown/schema";
import type { PictureData } from "@daybook/core/media/media.sources";
import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Picture } from "../../lib/ui/picture.tsx";
import { renderMarkdown } from "./render.tsx";

const id = "med_01KA6V8C3D4E5F6G7H8J9K0M1N";
const picture: PictureData = {
  id,
  width: 640,
  height: 480,
  placeholder: "data:image/webp;base64,UklGRg==",
  variants: [320, 640].flatMap((width) =>
    (["avif", "webp"] as const).map((kind) => ({
      url: `https://daybook.example/media/${id}/${width}.${kind}`,
      type: `image/${kind}`,
      width,
    })),
  ),
};

async function marked(source: string, profile: Profile = "article", pictures = [picture]): Promise<string> {
  return renderToStaticMarkup((await renderMarkdown(source, profile, pictures)).content);
}

/** Renders a text and leaves out the directions of its blocks, which have their own tests. */
const html = async (...text: Parameters<typeof marked>) => (await marked(...text)).replaceAll(' dir="auto"', "");

describe("an article", () => {
  it("supports GitHub Flavored Markdown", async () => {
    const source = "a **b** *c* ~~d~~ `e`\n\n- [x] f\n\n| g |\n| -: |\n| h |\n\nhttps://example.com";
    const shown = await html(source);
    for (const part of ["<strong>b</strong>", "<em>c</em>", "<del>d</del>", "<code>e</code>", 'type="checkbox"'])
      expect(shown).toContain(part);
    expect(shown).toContain('<td align="right">h</td>');
    expect(shown).toContain('<a href="https://example.com" rel="ugc noopener">https://example.com</a>');
  });

  it("nests its headings below the page title, with unique ids, and returns them", async () => {
    const { content, headings } = await renderMarkdown("# One `x`\n\n## Two\n\n## Two\n\n### Three\n\n# ☂", "article");
    expect(headings).toEqual(
      [
        { id: "section-one-x", level: 2, text: "One x" },
        { id: "section-two", level: 3, text: "Two" },
        { id: "section-two-1", level: 3, text: "Two" },
        { id: "section-", level: 2, text: "☂" },
      ].map((each) => ({ ...each, id: expect.stringMatching(each.id) })),
    );
    const shown = renderToStaticMarkup(content);
    expect(shown).toContain('<h2 id="section-one-x"');
    expect(shown).toContain('<h4 id="section-three"');
    expect(shown).not.toContain("<h1");
  });

  it.each([
    ["###### a\n\n## b", ["h2", "h2"]],
    ["## a\n\n###### b\n\n### c\n\n#### d\n\n# e", ["h2", "h3", "h3", "h4", "h2"]],
    ["# a\n## b\n### c\n#### d\n##### e\n###### f", ["h2", "h3", "h4", "h5", "h6", "h6"]],
  ])("skips no level of heading: %j", async (source, tags) => {
    expect([...(await html(source)).matchAll(/<(h\d) /g)].map(([, tag]) => tag)).toEqual(tags);
  });

  it("has unique ids, also for repeated headings and footnotes", async () => {
    const word = fc.constantFrom("a", "A", "1", "2", "-", "a-1", "a-2", "part", "part-1", "🎉", "☂", "é", "%", "fnref");
    const heading = fc.tuple(fc.constantFrom("#", "##", "#####"), word).map(([marks, text]) => `${marks} ${text}`);
    const note = word.map((label) => `x[^${label}] y[^${label}]\n\n[^${label}]: z`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(heading, note), { maxLength: 12 }), async (blocks) => {
        const ids = [...(await html(blocks.join("\n\n"))).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
        expect(new Set(ids).size, blocks.join(" / ")).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^(section|note)-.|^footnote-label$/);
      }),
    );
  });

  it("links to its footnotes and back, with labels that contain the visible text", async () => {
    const shown = await html("Said[^a] and[^a].\n\n[^a]: By whom.");
    expect(shown).toContain('href="#note-fn-1"');
    expect(shown).toContain('id="note-fnref-1-1"');
    expect(shown).toContain('<li id="note-fn-1">');
    expect(shown).toContain('aria-label="Back to reference 1 of note 1"');
    expect(shown).toMatch(/aria-label="Back to reference 2 of note 1"[^>]*>↩<sup>2<\/sup>/);
  });

  it("keeps the titles of links", async () => {
    expect(await html('[a](https://example.com "Its \\"title\\"")')).toContain(
      '<a href="https://example.com" title="Its &quot;title&quot;" rel="ugc noopener">a</a>',
    );
  });

  it("highlights code with classes, never with inline styles", async () => {
    const shown = await html("```ts\nconst a: string = 'x'; // why\n```\n\n```unheard-of\nb < c\n```");
    expect(shown).toContain('data-language="ts"');
    expect(shown).toContain('<span class="code-keyword">const</span>');
    expect(shown).toContain('<span class="code-comment">// why</span>');
    expect(shown).toContain("b &lt; c");
    expect(shown).not.toContain("style=");
  });

  it.each(["bash", "css", "diff", "html", "js", "json", "md", "python", "sql", "ts", "tsx", "yml"])(
    "highlights %s",
    async (language) => expect(await html(`\`\`\`${language}\n"a" + 1\n\`\`\``)).toContain("data-language"),
  );

  it("loads its first picture eagerly and the others lazily, in the variant that fits", async () => {
    const shown = await html(`![Two *trees*](media:${id} "In autumn")\n\n![A shed](media:${id})`);
    const element = (
      <Picture
        picture={picture}
        alt="Two trees"
        sizes="(min-width: 46rem) 42rem, 100vw"
        eager
        className="picture-natural"
      />
    );
    expect(shown).toContain(`<figure>${renderToStaticMarkup(element)}`);
    expect(shown).toContain(`srcSet="/media/${id}/320.avif 320w, /media/${id}/640.avif 640w"`);
    expect(shown).toContain('alt="Two trees" width="640" height="480" loading="eager"');
    expect(shown).toContain("<figcaption>In autumn</figcaption>");
    expect(shown).toContain('alt="A shed" width="640" height="480" loading="lazy"');
  });

  it("marks a missing picture, and links to pictures on other sites", async () => {
    const shown = await html(`![A shed](media:${id})\n\n![Far](https://example.com/a.png)`, "article", []);
    expect(shown).toContain('<span class="missing-picture">A shed</span>');
    expect(shown).toContain('<a href="https://example.com/a.png" rel="ugc noopener">Far</a>');
    expect(shown).not.toContain("<img");
  });

  it("has no nested links, which browsers would split", async () => {
    const shown = await html("[![a cat](https://cats.example/cat.png) and[^1] more](https://example.com)\n\n[^1]: Why");
    expect(/<p>(.*?)<\/p>/.exec(shown)?.[1]).toBe(
      '<a href="https://example.com" rel="ugc noopener">a cat and<sup>1</sup> more</a>',
    );
  });

  it("shows HTML as text", async () => {
    expect(await html("a <b>c</b>\n\n<div onclick='x()'>d</div>")).toContain("&lt;b&gt;c&lt;/b&gt;");
    expect(await html("<script>alert(1)</script>")).toBe("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
  });
});

describe("GitHub Flavored Markdown", () => {
  it.each([
    ["~a~ ~~b~~", "<p><del>a</del> <del>b</del></p>"],
    ["x ~~~a~~~ ~b~~", "<p>x ~~~a~~~ ~b~~</p>"],
    ["~~a *b* ~c~~", "<p><del>a <em>b</em> ~c</del></p>"],
    ["www.example.com/a_b.", 'href="http://www.example.com/a_b" rel="ugc noopener">www.example.com/a_b</a>.</p>'],
    ["https://example.com/a%20b)", ">https://example.com/a%20b</a>)</p>"],
    ["maya@example.com", '<a href="mailto:maya@example.com" rel="ugc noopener">maya@example.com</a>'],
    ["example.com //example.com ftp://example.com", "<p>example.com //example.com ftp://example.com</p>"],
    ["- [ ] a\n- [x] b", '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox"'],
    ["- \\[x] a", "<li>[x] a</li>"],
    ["| a | b |\n|:-|:-:|\n| `c\\|d` |", '<td align="left"><code>c|d</code></td><td align="center"></td>'],
    ["a[^1] b[^1]\n\n[^1]: c", 'href="#note-fnref-1-2"'],
    ["3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'],
    ["a  \nb\\\nc", "<p>a<br/>\nb<br/>\nc</p>"],
    ["[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"],
  ])("renders %j", async (source, expected) => {
    expect(await html(source)).toContain(expected);
  });
});

describe("a comment", () => {
  it("supports emphasis, links, code, lists and quotes", async () => {
    const shown = await html("**a** [b](/c) `d`\n\n> e\n\n1. f\n\n```ts\nlet g\n```", "comment");
    for (const part of ["<strong>", '<a href="/c">', "<code>d</code>", "<blockquote>", "<ol>", "<pre"])
      expect(shown).toContain(part);
  });

  it("keeps the text of unsupported elements", async () => {
    const shown = await html(`# a\n\n---\n\n| b |\n| - |\n\n![c](media:${id})\n\nd[^e]\n\n[^e]: f`, "comment");
    expect(shown).not.toMatch(/<(h\d|hr|table|img|sup|section|figure)/);
    for (const part of ["<p>a</p>", "<p>---</p>", "| b |", "c", "d[^e]", "[^e]: f"]) expect(shown).toContain(part);
  });

  it("shows the boxes of tasks", async () => {
    expect(await html("- [x] a\n- [ ] b", "comment")).toBe(
      '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" disabled="" aria-label="Done" checked=""/> a</li><li class="task-list-item"><input type="checkbox" disabled="" aria-label="To do"/> b</li></ul>',
    );
  });

  it("marks external links as nofollow", async () => {
    expect(await html("//example.com <https://example.com>", "comment")).toContain('rel="ugc nofollow noopener"');
  });
});

describe("the direction of a text", () => {
  it("is set for each block at the top, which those inside inherit", async () => {
    const shown = await marked("## שלום\n\nab\n\n> ab\n>\n> שלום\n\n- [ ] c\n\n|d|\n|-|\n\n```\ne\n```");
    expect([...shown.matchAll(/<(\w+)(?= [^>]*dir="auto")/g)].map(([, tag]) => tag)).toEqual([
      "h2",
      "p",
      "blockquote",
      "ul",
      "table",
    ]);
  });

  it("is set for each footnote, below a heading in the language of the site", async () => {
    expect(await marked("a[^1]\n\n[^1]: שלום")).toContain('<li id="note-fn-1" dir="auto">');
  });
});

describe("control characters", () => {
  it.each(["article", "comment"] as const)("never reach the page in a %s", async (profile) => {
    const unwanted = ["\u0001", "\b", "\u007f", "\u0085", "\u202e", "\ufffe", "&#x202e;", "&#8238;"];
    const source = unwanted.flatMap((each) => [
      `a${each}b`,
      `**${each}** \`${each}\` [${each}](https://example.com/${each} "${each}")`,
      `\`\`\`\n${each}\n\`\`\``,
    ]);
    const shown = await html(source.join("\n\n"), profile);
    expect(shown).toContain("<p>ab</p>");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern has to match control characters.
    expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\ufffe]/);
  });
});

describe("malicious text", () => {
  const texts: Readonly<Record<string, string>> = {
    "quotes in quotes": `${">".repeat(2_000)}a`,
    "lists in lists": `${"- ".repeat(1_000)}a`,
    "lists that go on inwards": Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth * 2)}- a`).join("\n"),
    "notes in notes": "[^a]: ".repeat(10_000),
    "stars in stars": `${"*".repeat(900)}a${"*".repeat(900)}`,
    "brackets without end": "[a](".repeat(20_000),
    "a language without end": `\`\`\`ts\n${"`${".repeat(30_000)}\n\`\`\``,
  };

  it.each(Object.entries(texts))("renders %s", async (_, source) => {
    expect(await html(source)).toContain(source.at(-1) === "\n" ? "" : "a");
    expect(await html(source.slice(0, 2_000), "comment")).not.toBe("");
  });
});
