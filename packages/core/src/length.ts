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
