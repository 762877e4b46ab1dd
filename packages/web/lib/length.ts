import { type Length, lengthProblem } from "@daybook/core/length";

/** What a person has typed into a line, as the API takes it: without white space around it, and with what is wrong about its length. */
export function trimmed(typed: string, length: Length): { readonly text: string; readonly error: string } {
  const text = typed.trim();
  return { text, error: lengthProblem(text, length) ?? "" };
}
