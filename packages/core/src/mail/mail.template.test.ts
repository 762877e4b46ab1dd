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
    { button: "Open it", href: "https://daybook.test/?a=1&b=2" },
  ],
  reason: "You get this because of a test.",
});

describe("a mail", () => {
  it("says the same in plain text, in the same order", () => {
    expect(mail.text).toBe(
      [
        "A heading",
        "First paragraph.",
        "1. One. Do this.\n2. Two. Then that.",
        "123456",
        "Open it: https://daybook.test/?a=1&b=2",
        "--\nYou get this because of a test.\n",
      ].join("\n\n"),
    );
  });

  it("escapes every text in HTML", () => {
    expect(mail.html).toContain("<title>A &lt;subject&gt;</title>");
    expect(mail.html).toContain('href="https://daybook.test/?a=1&amp;b=2"');
  });

  it("loads nothing and runs no script", () => {
    expect(mail.html).not.toMatch(/<(script|img|link|iframe)\b|@import|url\(/);
  });
});
