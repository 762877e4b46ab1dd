import { Problem } from "../problem.ts";
import { passwordMinLength } from "./account.limits.ts";

/**
 * Refuses a new password that attackers try first: one that contains or mostly consists of the address or of a common
 * password, or repeats a short text. Upper and lower case are the same. Examples for `ada.lovelace@example.com`:
 * `password1234`, `Baseball!2026`, `adalovelace1`, `abcabcabcabc`.
 *
 * NIST SP 800-63B asks for this in place of rules on the kinds of characters.
 *
 * @throws password-too-weak with the reason
 */
export async function assertStrong(password: string, email: string): Promise<void> {
  const text = password.normalize("NFKC").toLowerCase();
  if (text.includes(email) || isMostly(lettersOf(text), lettersOf(nameOf(email))))
    throw tooWeak("Choose a password that does not contain your email address.");
  if (isRepeated(text)) throw tooWeak("Choose a password that does not repeat the same few characters.");
  if (await isCommon(text)) throw tooWeak("This password is too common. Attackers try it first. Choose another one.");
}

const tooWeak = (detail: string) => new Problem("password-too-weak", { detail });

const nameOf = (email: string) => email.slice(0, email.lastIndexOf("@"));
const lettersOf = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, "");

/** Whether a part makes up at least half of a text. */
const isMostly = (text: string, part: string) => part.length * 2 >= text.length && text.includes(part);

/** Whether a text shorter than the minimum length, repeated, gives the password. */
const isRepeated = (text: string) => new RegExp(`^(.{1,${passwordMinLength - 1}})\\1+$`, "su").test(text);

let loading: Promise<ReadonlySet<string>> | undefined;

/** Loads the list on first use, so that other operations do not spend time on it. */
async function load(): Promise<ReadonlySet<string>> {
  const { default: list } = await import("./common-passwords.json", { with: { type: "json" } });
  return new Set(list.passwords.split(" "));
}

/** Whether a text is a common password, or one with digits and symbols around it that are not longer than itself. */
async function isCommon(text: string): Promise<boolean> {
  loading ??= load();
  const common = await loading;
  const core = text.replaceAll(/^\P{L}+|\P{L}+$/gu, "");
  return common.has(text) || (core.length * 2 >= text.length && common.has(core));
}
