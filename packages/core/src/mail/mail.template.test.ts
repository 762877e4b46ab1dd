import { describe, expect, it } from "vitest";
import { renderMail } from "./mail.template.ts";

const mail = renderMail({
  subject: "A <subject>",
  heading: "A heading",
  body: [
    "First paragraph.",
    {
      steps: [
        ["One.", "Do this."],
        ["Two.", "Then that."],
      ],
    },
    { code: "123456" },
    { by: "<Ada> on “Tea”", quote: "One <line>.\nAnother.", href: "https://daybook.test/@a/b#c", note: "A note." },
    { button: "Open it", href: "https://daybook.test/?a=1&b=2" },
  ],
  reason: "You get this because of a test.",
  unsubscribe: { text: "Turn it off", href: "https://daybook.test/account?a=1&b=2" },
});

describe("a mail", () => {
  it("says the same in plain text, in the same order", () => {
    expect(mail.text).toBe(
      [
        "A heading",
        "First paragraph.",
        "1. One. Do this.\n2. Two. Then that.",
        "123456",
        "<Ada> on “Tea”:\nA note.\n> One <line>.\n> Another.\nhttps://daybook.test/@a/b#c",
        "Open it: https://daybook.test/?a=1&b=2",
        "--\nYou get this because of a test.\nTurn it off: https://daybook.test/account?a=1&b=2\n",
      ].join("\n\n"),
    );
  });

  it("escapes every text in HTML", () => {
    expect(mail.html).toContain("<title>A &lt;subject&gt;</title>");
    expect(mail.html).toContain('href="https://daybook.test/?a=1&amp;b=2"');
  });

  it("escapes a quote, isolates its direction and keeps its lines", () => {
    expect(mail.html).toContain("&lt;Ada&gt; on “Tea”</a>");
    expect(mail.html).toMatch(/<p dir="auto" [^>]*white-space:pre-line">One &lt;line&gt;\.\nAnother\.<\/p>/);
  });

  it("names the address where the recipient turns it off", () => {
    expect(mail.unsubscribeUrl).toBe("https://daybook.test/account?a=1&b=2");
    expect(mail.html).toContain('href="https://daybook.test/account?a=1&amp;b=2"');
  });

  it("loads nothing and runs no script", () => {
    expect(mail.html).not.toMatch(/<(script|img|link|iframe)\b|@import|url\(/);
  });
});
