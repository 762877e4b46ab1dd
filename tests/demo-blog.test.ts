import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../scripts/lib/command.ts";
import { demoAuthor, demoComments } from "../scripts/seed/demo-readers.ts";
import {
  type PostFile,
  parsePost,
  picturesOf,
  postsFolder,
  publishedBody,
  readPosts,
} from "../scripts/seed/post-file.ts";

const head = `---
title: A table
excerpt: Of a table.
tags: [data]
cover: table.png
coverAlt: A table
---
`;
const posts = await readPosts();

describe("a post file", () => {
  it("is parsed into front matter, a body, and a slug from its file name", () => {
    expect(parsePost("3-a-table.md", `${head}\nIt has *legs*.\n`)).toEqual({
      slug: "a-table",
      title: "A table",
      excerpt: "Of a table.",
      tags: ["data"],
      cover: "table.png",
      coverAlt: "A table",
      draft: false,
      body: "It has *legs*.",
    });
  });

  it.each([
    ["a name without a place", "a-table.md", head],
    ["no head", "1-a-table.md", "It has *legs*."],
    ["a head with something unknown", "1-a-table.md", head.replace("cover:", "colour:")],
    ["a tag that is none", "1-a-table.md", head.replace("[data]", "[Data Modelling]")],
  ])("is refused with %s", (_, name, content) => {
    expect(() => parsePost(name, content)).toThrow();
  });

  it("can be marked as a draft", () => {
    expect(parsePost("1-a-table.md", head.replace("tags:", "draft: true\ntags:"))).toMatchObject({ draft: true });
  });

  it("gets URLs in place of file names when it is published", () => {
    const body = "See ![legs](pictures/legs.png) and [the chair](2-a-chair.md), not [this](https://a.example/2-b.md).";
    const post = parsePost("1-a-table.md", `${head}${body}`);
    expect(picturesOf(post)).toEqual(["table.png", "legs.png"]);
    expect(publishedBody(post, "maya", new Map([["legs.png", "med_1"]]))).toBe(
      "See ![legs](media:med_1) and [the chair](/@maya/a-chair), not [this](https://a.example/2-b.md).",
    );
  });
});

const codeOf = ({ body }: PostFile) =>
  [...body.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)].map(([, file = "", code = ""]) => ({ file, code }));
const quotesOf = ({ body }: PostFile) =>
  (body.match(/(?:^> .*\n?)+/gm) ?? []).map((quote) => quote.replace(/^> /gm, ""));

/** Removes what formatting changes: white space, comment markers, backquotes, and commas before a closing bracket. */
const essence = (text: string) =>
  text.replace(/^\s*(\/\/|\*(?!\/))|\/\*\*|\*\//gm, "").replace(/,(?=\s*[\])}])|\s+|`/g, "");
const contentOf = (file: string) => essence(readFileSync(path.join(root, file), "utf8"));

describe.each(posts.map((post) => [post.slug, post] as const))("the post %s", (_, post) => {
  it("references only existing pictures, and describes each", () => {
    const missing = picturesOf(post).filter((file) => !existsSync(path.join(postsFolder, "pictures", file)));
    expect(missing).toEqual([]);
    expect(post.coverAlt).not.toBe("");
    expect(post.body).not.toContain("![](");
  });

  it("quotes code verbatim", () => {
    for (const { file, code } of codeOf(post)) {
      for (const part of code.split("…")) expect(contentOf(file), `${file}: ${part}`).toContain(essence(part));
    }
  });

  it("quotes only files that it names", () => {
    if (post.draft) return;
    const files = [...post.body.matchAll(/`((?:docs|packages)\/[\w./-]+\.\w+)`/g)].map(([, file = ""]) => file);
    for (const quote of quotesOf(post)) {
      expect(
        files.some((file) => contentOf(file).includes(essence(quote))),
        quote,
      ).toBe(true);
    }
  });
});

describe("the demo blog", () => {
  it("has comments on existing posts only, and an avatar for its author", () => {
    const slugs = posts.map(({ slug }) => slug);
    expect(Object.keys(demoComments).filter((slug) => !slugs.includes(slug))).toEqual([]);
    expect(existsSync(path.join(postsFolder, "pictures", demoAuthor.avatar))).toBe(true);
  });
});
