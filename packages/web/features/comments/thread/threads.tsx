import type { ReactNode } from "react";
import { commentsWords as words } from "../../../copy/comments.static.ts";

/** A comment as it appears on the page. */
export interface ShownComment {
  /** Id of the element, without the prefix `comment-`. */
  readonly id: string;
  readonly parentId: string | null;
  /** Null if the comment only keeps its place. */
  readonly writer: string | null;
  readonly head?: ReactNode;
  readonly body?: ReactNode;
  /** Note and actions. */
  readonly foot?: ReactNode;
}

/** Lists comments in order, each with its replies. */
export function Threads({ comments }: { comments: readonly ShownComment[] }) {
  const ids = new Set(comments.map(({ id }) => id));
  const replies = Map.groupBy(comments, ({ parentId }) => parentId);
  // A reply whose parent is not visible becomes its own thread.
  const threads = comments.filter(({ parentId }) => parentId === null || !ids.has(parentId));
  return (
    <ol className="space-y-4">
      {threads.map((comment) => (
        <li key={comment.id}>
          <Entry comment={comment} />
          {replies.has(comment.id) && (
            <ol
              aria-label={words.repliesTo(comment.writer ?? words.aRemovedComment)}
              className="mt-4 space-y-2 border-s border-margin ps-5 sm:ms-5 sm:ps-8"
            >
              {replies.get(comment.id)?.map((reply) => (
                <li key={reply.id}>
                  <Entry comment={reply} />
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
    </ol>
  );
}

/**
 * A comment that can receive the focus after an action. A red line marks it while it has the focus or is the target of
 * the URL.
 */
const Entry = ({ comment: { id, writer, head, body, foot } }: { comment: ShownComment }) => (
  <article
    id={`comment-${id}`}
    tabIndex={-1}
    aria-label={writer === null ? undefined : words.by(writer)}
    className="relative scroll-mt-6 before:absolute before:inset-y-0 before:-start-3 before:w-0.5 before:bg-margin before:opacity-0 before:transition-opacity target:before:opacity-100 focus:before:opacity-100"
  >
    {writer === null ? <p className="text-muted italic">{words.removed}</p> : head}
    {body}
    {/* Reserve the space, so that nothing moves when the actions appear. */}
    {writer !== null && <div className="mt-1 min-h-8">{foot}</div>}
  </article>
);
