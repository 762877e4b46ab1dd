/** How long a text may be, in code points: what a person would call characters more often than UTF-16 units are. */
export interface Length {
  readonly min: number;
  readonly max: number;
}

/** What is wrong with the length of a text, in words; nothing if it is fine. */
export function lengthProblem(value: string, { min, max }: Length): string | undefined {
  const length = [...value].length;
  if (length < min) return min === 1 ? "Must not be empty" : `At least ${min} characters`;
  return length > max ? `At most ${max} characters` : undefined;
}
