import { commentRate } from "@daybook/core/comment/comment.limits";
import type { ProblemCode } from "@daybook/core/contract/problem";
import { commentingWords } from "../../../copy/comments.interactive.ts";
import { errors } from "../../../copy/errors.ts";
import { isProblem, problemInWords, refusalOf } from "../../../lib/problem-words.ts";

const words = commentingWords.refused;

const known: readonly (readonly [ProblemCode, string])[] = [
  ["comments-closed", words.closed],
  ["commenter-blocked", words.blocked],
  ["comment-not-found", words.goneParent],
  ["post-not-found", words.gonePost],
  ["version-conflict", words.changed],
];

/** Returns the reason of a refusal in words, for the writer of the comment. */
export function refusalInWords(error: unknown): string {
  const [, text] = known.find(([code]) => isProblem(error, code)) ?? [];
  if (text !== undefined) return text;
  if (isProblem(error, "too-many-requests"))
    return errors.tooOften(refusalOf(error)?.retryAfterSeconds ?? commentRate.seconds);
  return problemInWords(error);
}
