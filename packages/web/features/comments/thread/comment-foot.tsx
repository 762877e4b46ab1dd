import type { Comment } from "@daybook/core/comment/comment";
import type { ReactNode } from "react";
import { commentingWords } from "../../../copy/comments.interactive.ts";
import { TextButton } from "../../../lib/ui/button.tsx";
import type { Action } from "../actions.ts";

interface CommentFootProps {
  readonly comment: Comment;
  readonly isOwn: boolean;
  readonly actions: readonly Action[];
  act(action: Action, comment: Comment): void;
  /** The form of a reply. */
  readonly children?: ReactNode;
}

/** Footer of a comment: a note if it is pending or hidden, and the available actions. */
export function CommentFoot({ comment, isOwn, actions, act, children }: CommentFootProps) {
  const note = noteOf(comment, isOwn);
  const writer = comment.author?.name ?? "";
  return (
    <>
      {note && <p className="my-2 border-s-2 border-accent bg-note-soft px-3 py-1.5 text-sm">{note}</p>}
      {actions.length > 0 && (
        <p className="flex flex-wrap gap-x-5">
          {actions.map((action) => {
            const [short, whole] = commentingWords.actions[action](writer, isOwn);
            return (
              <TextButton
                key={action}
                id={`${action}-${comment.id}`}
                aria-label={whole}
                onClick={() => act(action, comment)}
                className="min-h-8 text-sm"
              >
                {short}
              </TextButton>
            );
          })}
        </p>
      )}
      {children && <div className="mt-2 mb-4">{children}</div>}
    </>
  );
}

function noteOf({ state }: Comment, isOwn: boolean): string | undefined {
  const { states } = commentingWords;
  if (state === "hidden") return states.hidden;
  if (state !== "pending") return undefined;
  return isOwn ? states.pending : states.toReview;
}
