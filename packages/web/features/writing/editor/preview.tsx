import { type ReactNode, useEffect, useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { onDemand, usePart } from "../../../lib/ui/on-demand.ts";
import { Skeleton } from "../../../lib/ui/skeleton.tsx";
import { usePictures } from "../../pictures/use-pictures.ts";
import type { Draft } from "../drafts/draft.ts";
import { picturesIn } from "../pictures/picture-references.ts";

const words = writingWords.editor;

const renderer = onDemand(() => import("../../markdown/render.tsx"));

/** Delay between the last keystroke and the update of the preview. Milliseconds. */
const pauseMs = 200;

/** Preview of the post, rendered by the same code as the published page. */
export function Preview({ draft: { title, body } }: { draft: Draft }) {
  const parts = usePart(renderer, true);
  const pictures = usePictures(picturesIn(body).map(({ id }) => id));
  const [shown, setShown] = useState<{ readonly content: ReactNode } | "failed">();
  useEffect(() => {
    if (!parts) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      parts
        .renderMarkdown(body, "article", pictures)
        .then(({ content }) => isWanted && setShown({ content }))
        .catch(() => isWanted && setShown("failed"));
    }, pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [parts, body, pictures]);
  return (
    <section aria-label={words.preview} data-testid="preview" className="py-4">
      {title.trim() === "" && body.trim() === "" ? (
        <p className="text-muted">{words.previewEmpty}</p>
      ) : (
        <>
          {/* A paragraph, not a heading: the heading is on the published page. */}
          <p dir="auto" className="mb-6 font-serif text-title font-medium wrap-anywhere">
            {title}
          </p>
          {shown === "failed" ? (
            <p className="text-muted">{words.previewFailed}</p>
          ) : shown ? (
            <div className="prose">{shown.content}</div>
          ) : (
            <Skeleton className="h-40 w-full" />
          )}
        </>
      )}
    </section>
  );
}
