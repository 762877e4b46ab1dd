import { describe, expect, it } from "vitest";
import { chunksOf } from "./chunks.ts";

const chunks: Readonly<Record<string, string>> = {
  "static/chunks/app.js": 'load("static/chunks/dialog.js");load("static/chunks/app.js")',
  "static/chunks/dialog.js": 'load("static/chunks/dialog.css")',
  "static/chunks/dialog.css": "",
  "static/chunks/page.css": "@font-face{src:url(../media/serif-s.p.1a~b.woff2)format('woff2')}",
};
const find = (html: string) => chunksOf([html], (chunk) => chunks[chunk] ?? "");

describe("the chunks of a page", () => {
  it("include the chunks that the page references, and those that they load on demand", () => {
    expect(find('<script src="/_next/static/chunks/app.js" async=""></script>')).toEqual([
      "static/chunks/app.js",
      "static/chunks/dialog.css",
      "static/chunks/dialog.js",
    ]);
  });

  it("include the fonts of its stylesheets", () => {
    expect(find('<link rel="stylesheet" href="/_next/static/chunks/page.css"/>')).toEqual([
      "static/chunks/page.css",
      "static/media/serif-s.p.1a~b.woff2",
    ]);
  });

  it("include chunks that only the page's data references", () => {
    expect(find(String.raw`<script>self.__next_f.push([1,"2:\"/_next/static/chunks/dialog.css\""])</script>`)).toEqual([
      "static/chunks/dialog.css",
    ]);
  });

  it("exclude the script for browsers without modules", () => {
    expect(find('<script src="/_next/static/chunks/app.js" noModule=""></script>')).toEqual([]);
  });
});
