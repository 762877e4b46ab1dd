import type { Comment } from "@daybook/core/comment/comment";
import type { PublishedPost } from "@daybook/core/published/published-post";
import { commentsWords as words } from "../../copy/comments.static.ts";
import { renderMarkdown } from "../markdown/render.tsx";
import { CommentsIsland, type DeliveredComment } from "./comments-island.tsx";
import { CommentHead } from "./thread/comment-head.tsx";

interface CommentsProps {
  readonly post: PublishedPost;
  /** Comments that readers can see, oldest first. */
  readonly comments: readonly Comment[];
}

/** Comments of a published post. They are readable without JavaScript. With it, readers can reply. */
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

/** Renders the text of a comment on the server, so that the browser needs no renderer to show it. */
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
