import { type ReactNode, useEffect, useState } from "react";
import { onDemand, usePart } from "../../../lib/ui/on-demand.ts";

const renderer = onDemand(() => import("../../markdown/render.tsx"), { ahead: false });

/** The text of a comment, made by what makes those that the page was delivered with; as it was written until that is there. */
export function CommentText({ source }: { source: string }) {
  const parts = usePart(renderer, true);
  const [made, setMade] = useState<{ readonly source: string; readonly content: ReactNode }>();
  useEffect(() => {
    let isWanted = true;
    // What cannot be made stays as it was written.
    parts?.renderMarkdown(source, "comment").then(
      ({ content }) => isWanted && setMade({ source, content }),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [parts, source]);
  return (
    <div className="prose prose-small mt-3">
      {made?.source === source ? made.content : <p className="whitespace-pre-wrap">{source}</p>}
    </div>
  );
}
