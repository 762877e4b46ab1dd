import { describe, expect, it } from "vitest";
import { assertStrong } from "./password.strength.ts";

const email = "ada.lovelace@example.com";
const reason = async (password: string) =>
  assertStrong(password, email).then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a new password", () => {
  it.each([
    "correct horse battery",
    "hello ada, it is monday",
    "Dragon fruit and baseball",
    "9f!kQz2@Lm0p",
    "пароль из слов",
  ])("may be %s", async (password) => {
    expect(await reason(password)).toBeUndefined();
  });

  it.each([
    "password1234",
    "PassWord1234",
    "123456789012",
    "1q2w3e4r5t6y",
    "Baseball!2026",
    "2026-Baseball",
    "ｐassword1234",
  ])("is too weak if it is common: %s", async (password) => {
    expect(await reason(password)).toMatchObject({
      code: "password-too-weak",
      message: expect.stringContaining("too common"),
    });
  });

  it.each(["aaaaaaaaaaaa", "abcabcabcabc", "hunter hunter ", "12341234123412341234"])(
    "is too weak if it repeats a short text: %s",
    async (password) => {
      expect(await reason(password)).toMatchObject({
        code: "password-too-weak",
        message: expect.stringContaining("repeat"),
      });
    },
  );

  it.each([email, `my ${email.toUpperCase()} password`, "AdaLovelace1", "ada-lovelace-1815"])(
    "is too weak if it contains the address: %s",
    async (password) => {
      expect(await reason(password)).toMatchObject({
        code: "password-too-weak",
        message: expect.stringContaining("email address"),
      });
    },
  );

  it("may repeat a text that is long enough by itself", async () => {
    expect(await reason("correct horse ".repeat(2))).toBeUndefined();
  });

  it("may contain a short name of the address", async () => {
    await expect(assertStrong("canada is large", "ada@example.com")).resolves.toBeUndefined();
  });

  it("is checked in time that is linear in its length", async () => {
    expect(await reason(`${"ab".repeat(127)}a!`)).toBeUndefined();
    expect(await reason(`${"1".repeat(255)}x`)).toBeUndefined();
  });
});
