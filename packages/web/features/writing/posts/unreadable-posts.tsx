import { writingWords } from "../../../copy/writing.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { useOpenDrafts, useStoredDrafts } from "../drafts/use-open-drafts.ts";

const words = writingWords.unreadable;

/**
 * Drafts that this version of the app cannot read. They are deleted only when the user discards them. Example: a draft
 * of format 2 after a rollback to format 1.
 */
export function UnreadablePosts() {
  const openDrafts = useOpenDrafts();
  const { unreadable } = useStoredDrafts();
  return (
    <section aria-label={words.heading} className="space-y-3 not-empty:mb-6">
      {unreadable.map(({ id, text }) => (
        <article key={id} data-testid="unreadable" className="border-margin border-s-2 bg-note-soft py-4 pe-4 ps-5">
          <p>{words.text}</p>
          <p dir="auto" className="mt-3 max-h-64 overflow-y-auto font-medium wrap-anywhere whitespace-pre-line">
            {text}
          </p>
          <Button onClick={() => void openDrafts.discard(id)} className="mt-3 text-sm">
            {words.discard}
          </Button>
        </article>
      ))}
    </section>
  );
}
