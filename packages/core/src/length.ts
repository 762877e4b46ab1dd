import { isVisible } from "./clean-text.ts";

/**
 * Bounds of a text's length in code points, which match the characters that users see more often than UTF-16 units do.
 */
export interface Length {
  readonly min: number;
  readonly max: number;
}

/** Returns a message if the length of a text is out of bounds. A text without a visible character is empty. */
export function lengthProblem(value: string, { min, max }: Length): string | undefined {
  const length = isVisible(value) ? [...value].length : 0;
  if (length < min) return min === 1 ? "Must not be empty" : `At least ${min} characters`;
  return [...value].length > max ? `At most ${max} characters` : undefined;
}

// #region blog
/**
 * Truncates a text at a word, or within a word that is longer than half of the text.
 *
 * @param max maximum length in code points, with the ellipsis
 */
export function shortened(text: string, max: number): string {
  const characters = [...text];
  if (characters.length <= max) return text;
  const start = characters.slice(0, max - 1).join("");
  const end = start.lastIndexOf(" ");
  return `${(end > start.length / 2 ? start.slice(0, end) : start).replace(/[\s,;:.–-]+$/, "")}…`;
}
// #endregion blog
