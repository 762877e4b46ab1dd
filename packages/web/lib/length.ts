import { cleanLine, isVisible } from "@daybook/core/clean-text";
import type { Length } from "@daybook/core/length";
import { common } from "../copy/common.ts";

/**
 * Describes why the length of a text is out of range and what to do, or returns undefined if it fits.
 * @param empty the text for values that must not be empty
 */
export function lengthInWords(text: string, { min, max }: Length, empty: string = common.tooShort): string | undefined {
  const length = [...text].length;
  if (length > max) return common.tooLong(length - max);
  return length < min || (min > 0 && !isVisible(text)) ? empty : undefined;
}

/** Cleans a text on one line as the API does, and returns it with an error about its length, if any. */
export function trimmed(
  typed: string,
  length: Length,
  empty?: string,
): { readonly text: string; readonly error: string } {
  const text = cleanLine(typed);
  return { text, error: lengthInWords(text, length, empty) ?? "" };
}
