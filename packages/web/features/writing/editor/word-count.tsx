import { wordsPerMinute } from "@daybook/core/published/published-post.limits";
import { useDeferredValue, useMemo } from "react";
import { writingWords } from "../../../copy/writing.ts";

/**
 * Matches words: runs of letters and digits, joined by apostrophes or hyphens. Example: "it's well-known" has two
 * words. Marks do not count, and link addresses are removed before.
 */
const word = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const address = /\]\([^)]*\)/g;

/** Shows the number of words and the reading time. */
export function WordCount({ body }: { body: string }) {
  const text = useDeferredValue(body);
  const count = useMemo(() => text.replaceAll(address, "]").match(word)?.length ?? 0, [text]);
  return (
    <p data-testid="counts" className="mt-4 border-t border-rule pt-3 text-sm text-muted tabular-nums">
      {writingWords.editor.counts(count, Math.max(1, Math.ceil(count / wordsPerMinute)))}
    </p>
  );
}
