import type { Comment } from "@daybook/core/comment/comment";
import { commentsWords as words } from "../../../copy/comments.static.ts";
import { AuthorLink, Avatar } from "../../reading/byline.tsx";
import { CommentDay } from "./comment-day.tsx";

type Writer = NonNullable<Comment["author"]>;

/** Writer and date of a comment. The date links to the comment. */
export const CommentHead = ({ comment, writer }: { comment: Comment; writer: Writer }) => (
  <header className="flex items-center gap-3 text-sm text-muted">
    <Avatar {...writer} />
    <p className="flex min-w-0 flex-wrap items-center gap-x-3 [&_a]:inline-flex [&_a]:min-h-6 [&_a]:items-center">
      {writer.handle === undefined ? (
        <span dir="auto" className="font-semibold text-ink wrap-anywhere">
          {writer.name}
        </span>
      ) : (
        <AuthorLink name={writer.name} handle={writer.handle} />
      )}
      {comment.byPostAuthor && <span className="rounded-sm bg-selected px-2 text-accent">{words.author}</span>}
      <a href={`#comment-${comment.id}`} className="rounded-sm hover:text-accent">
        <CommentDay moment={comment.createdAt} />
      </a>
      {comment.editedAt && <span>{words.edited}</span>}
    </p>
  </header>
);
