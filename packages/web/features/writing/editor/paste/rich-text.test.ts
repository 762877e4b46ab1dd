import { describe, expect, it } from "vitest";
import { markdownOf } from "./rich-text.ts";

describe("text copied from Google Docs", () => {
  const docs = (inside: string) =>
    `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">${inside}</b>`;

  it("keeps headings, bold, italic and links", () => {
    const html = docs(
      '<h2 dir="ltr"><span style="font-weight:700;">Roses</span></h2><p dir="ltr"><span>They </span>' +
        '<span style="font-weight:700;">bloom</span><span> in </span><span style="font-style:italic;">June</span>' +
        '<span>, see </span><a href="https://example.com/" title="All of them"><span>this</span></a><span>.</span></p>',
    );
    expect(markdownOf(html)).toBe(
      '## Roses\n\nThey **bloom** in _June_, see [this](https://example.com/ "All of them").',
    );
  });

  it("keeps nested lists", () => {
    const item = (text: string) => `<li dir="ltr"><p dir="ltr" role="presentation"><span>${text}</span></p></li>`;
    const html = docs(`<ul>${item("one")}<ul>${item("inner")}</ul>${item("two")}</ul><ol>${item("first")}</ol>`);
    expect(markdownOf(html)).toBe("- one\n  - inner\n- two\n\n1. first");
  });

  it("keeps tables", () => {
    const cell = (text: string) => `<td><p dir="ltr"><span>${text}</span></p></td>`;
    const html = docs(
      `<div><table><tbody><tr>${cell("a")}${cell("b|c")}</tr><tr>${cell("d")}${cell("")}</tr></tbody></table></div>`,
    );
    expect(markdownOf(html)).toBe("| a | b\\|c |\n| - | - |\n| d | |");
  });
});

describe("text copied from Word", () => {
  const mark = (text: string) =>
    `<![if !supportLists]><span style='mso-list:Ignore'>${text}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>`;
  const item = (text: string, level: number, sign = "·") =>
    `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'>${mark(sign)}${text}<o:p></o:p></p>\n`;

  it("keeps headings, paragraphs and formats, without comments and bookmarks", () => {
    const html =
      "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p {color: red}</style></head><body><!--StartFragment-->" +
      "<p class=MsoTitle>Garden<o:p></o:p></p><h1><a name='_Toc1'></a>Roses</h1><p class=MsoNormal>They <b>bloom</b>&nbsp;in <i>June</i>.</p>" +
      "<!--EndFragment--></body></html>";
    expect(markdownOf(html)).toBe("# Garden\n\n# Roses\n\nThey **bloom** in _June_.");
  });

  it("keeps lists of paragraphs, also nested and numbered", () => {
    const html = `${item("one", 1)}${item("inner", 2, "o")}${item("two <b>bold</b>", 1)}<p>Then</p>${item("first", 1, "1.")}${item("second", 1, "2.")}`;
    expect(markdownOf(html)).toBe("- one\n  - inner\n- two **bold**\n\nThen\n\n1. first\n2. second");
  });
});

describe("other HTML", () => {
  it("drops addresses that no page may link to, and pictures that are not on the web", () => {
    const html = '<p><a href="javascript:alert(1)">a</a> <strong>b</strong><img src="file:///c.png" alt="c"></p>';
    expect(markdownOf(html)).toBe("a **b**");
  });

  it("is left alone without a format, such as code that an editor colors", () => {
    const code = '<div style="white-space:pre"><div><span style="color:#00f">const</span> a</div><div>b</div></div>';
    expect(markdownOf(code)).toBeUndefined();
  });

  it("escapes what would be Markdown", () => {
    expect(markdownOf("<p>1 * 2 * 3 <em>a</em> &lt;b&gt; # c</p>")).toBe("1 \\* 2 \\* 3 _a_ \\<b> # c");
  });
});
