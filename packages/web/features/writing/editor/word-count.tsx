import { wordsPerMinute } from "@daybook/core/post/post.limits";
import { useDeferredValue, useMemo } from "react";
import { writingWords } from "../../../copy/writing.ts";

/** Runs of letters and digits, also with an apostrophe or a hyphen in them; marks and the addresses of links are none. */
const word = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const address = /\]\([^)]*\)/g;

/** How much has been written, and how long it takes to read. */
export function WordCount({ body }: { body: string }) {
  const text = useDeferredValue(body);
  const count = useMemo(() => text.replaceAll(address, "]").match(word)?.length ?? 0, [text]);
  return (
    <p data-testid="counts" className="mt-4 border-t border-rule pt-3 text-sm text-muted tabular-nums">
      {writingWords.editor.counts(count, Math.max(1, Math.ceil(count / wordsPerMinute)))}
    </p>
  );
}
