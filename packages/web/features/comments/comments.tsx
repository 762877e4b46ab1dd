import type { Comment } from "@daybook/core/comment/comment";
import type { PublishedPost } from "@daybook/core/post/post";
import { commentsWords as words } from "../../copy/comments.static.ts";
import { renderMarkdown } from "../markdown/render.tsx";
import { CommentsIsland, type DeliveredComment } from "./comments-island.tsx";
import { CommentHead } from "./thread/comment-head.tsx";

interface CommentsProps {
  readonly post: PublishedPost;
  /** Those that readers see, the oldest first. */
  readonly comments: readonly Comment[];
}

/** What readers have to say of a post. It can be read without a script; with one, it can be answered. */
export async function Comments({ post, comments }: CommentsProps) {
  const { id, comments: policy, author } = post;
  return (
    <section aria-labelledby="comments" className="print:hidden">
      <h2 id="comments" tabIndex={-1} className="mb-6 font-serif text-heading font-medium">
        {words.title}
      </h2>
      <CommentsIsland
        post={{ id, policy, author: author.handle, pageMadeAt: Date.now() }}
        delivered={await Promise.all(comments.map(deliveredOf))}
      />
    </section>
  );
}

/** A comment with its text, which is made here: a reader loads nothing to see it. */
async function deliveredOf(comment: Comment): Promise<DeliveredComment> {
  const { id, parentId, createdAt, version, author } = comment;
  const place = { id, parentId, createdAt, version };
  if (!author) return { ...place, writer: null };
  const { content } = await renderMarkdown(comment.body, "comment");
  return {
    ...place,
    writer: author.name,
    head: <CommentHead comment={comment} writer={author} />,
    body: <div className="prose prose-small mt-3">{content}</div>,
  };
}
