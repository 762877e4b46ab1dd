import type { Length } from "@daybook/core/length";
import { common } from "../copy/common.ts";

/**
 * What is wrong with the length of a text, and what to do about it; nothing if it fits.
 * @param empty said of a text that must not be empty
 */
export function lengthInWords(text: string, { min, max }: Length, empty: string = common.tooShort): string | undefined {
  const length = [...text].length;
  if (length > max) return common.tooLong(length - max);
  return length < min ? empty : undefined;
}

/** What a person has typed into a line, as the API takes it: without white space around it, and with what is wrong about its length. */
export function trimmed(
  typed: string,
  length: Length,
  empty?: string,
): { readonly text: string; readonly error: string } {
  const text = typed.trim();
  return { text, error: lengthInWords(text, length, empty) ?? "" };
}
