import { describe, expect, it } from "vitest";
import { addressOf, confirmationCodeOf, receive } from "./mail.ts";

const codeIn = (parts: { text?: string; html?: string; subject?: string }) =>
  confirmationCodeOf(receive({ from: "a@b.c", to: [], subject: "", ...parts }, 0));

describe("addressOf", () => {
  it("returns the address without the name, in lower case", () => {
    expect(addressOf("Ada Lovelace <Ada@Example.com>")).toBe("ada@example.com");
    expect(addressOf(" Ada@Example.com ")).toBe("ada@example.com");
  });
});

describe("confirmationCodeOf", () => {
  it("finds six digits in text, in HTML and in the subject", () => {
    expect(codeIn({ text: "Your confirmation code is 012345." })).toBe("012345");
    expect(codeIn({ html: "<p>Your code: <b>987654</b></p>" })).toBe("987654");
    expect(codeIn({ subject: "123456 is your code" })).toBe("123456");
  });

  it("ignores colors, prices, longer numbers and attributes", () => {
    expect(
      codeIn({ html: '<style>p{color:#123456}</style><p data-id="123456" style="color:#654321">Hi</p>' }),
    ).toBeUndefined();
    expect(codeIn({ text: "1234567 and 123,456,789 and 123456.78 and 2026-123456" })).toBeUndefined();
  });
});
