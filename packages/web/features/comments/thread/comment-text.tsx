import { type ReactNode, useEffect, useState } from "react";
import { onDemand, usePart } from "../../../lib/ui/on-demand.ts";

const renderer = onDemand(() => import("../../markdown/render.tsx"), { ahead: false });

/**
 * Text of a comment, rendered by the same code as the server-rendered ones. Shows the source until the renderer is
 * loaded.
 */
export function CommentText({ source }: { source: string }) {
  const parts = usePart(renderer, true);
  const [made, setMade] = useState<{ readonly source: string; readonly content: ReactNode }>();
  useEffect(() => {
    let isWanted = true;
    // Keep showing the source if rendering fails.
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
      {made?.source === source ? (
        made.content
      ) : (
        <p dir="auto" className="whitespace-pre-wrap">
          {source}
        </p>
      )}
    </div>
  );
}
