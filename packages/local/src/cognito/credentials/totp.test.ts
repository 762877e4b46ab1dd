import { describe, expect, it } from "vitest";
import { codeAt, fromBase32, stepAt, toBase32 } from "./totp.ts";

describe("a TOTP code", () => {
  // The SHA-1 test vectors of RFC 6238, appendix B, have eight digits. An app shows the last six.
  const secret = toBase32(Buffer.from("12345678901234567890"));
  it.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("matches RFC 6238 at %i seconds", (seconds, digits) => {
    expect(codeAt(secret, stepAt(new Date(seconds * 1000)))).toBe(digits.slice(2));
  });
});

describe("base32", () => {
  // The test vectors of RFC 4648, section 10, without padding.
  it.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("encodes %j as %j, and decodes it", (text, letters) => {
    expect(toBase32(Buffer.from(text))).toBe(letters);
    expect(fromBase32(letters).toString()).toBe(text);
  });

  it("decodes lower case, and ignores spaces", () => {
    expect(fromBase32("mzxw 6ytb oi").toString()).toBe("foobar");
  });
});
