import { cleanLine } from "@daybook/core/clean-text";
import type { Comment, CommentToReview } from "@daybook/core/comment/comment";
import type { CommentRecord } from "@daybook/core/comment/comment.item.repository";
import type { CommentOfPost } from "@daybook/core/comment/comment.review";
import { readerIdOf } from "@daybook/core/user/reader-id";
import { resources } from "../resources.ts";
import { authorPage, postPage } from "./post.ts";
import { presentPicture } from "./present.ts";

/** Presents a comment to those who may see it in full: its writer and the post's author. */
export function presentComment({ postAuthorId, writer, replies: _, ...comment }: CommentRecord): Comment {
  return {
    ...comment,
    url: `${resources.origin()}/v1/posts/${comment.postId}/comments/${comment.id}`,
    author: writer && {
      id: readerIdOf(writer.id),
      name: cleanLine(writer.name),
      avatar: writer.avatar && presentPicture(writer.avatar),
      ...(writer.handle !== null && { handle: writer.handle, page: authorPage(writer.handle) }),
    },
    byPostAuthor: writer?.id === postAuthorId,
  };
}

/** Presents a comment to readers. Content and writer are empty unless it is visible. */
export const presentPlace = (comment: CommentRecord): Comment =>
  presentComment(comment.state === "visible" ? comment : { ...comment, writer: null, body: "", editedAt: null });

/** Presents a comment to the author of its post, with the post. */
export const presentCommentToReview = ({ comment, post }: CommentOfPost): CommentToReview => ({
  ...presentComment(comment),
  post: {
    id: post.postId,
    title: cleanLine(post.title),
    page: postPage(post.handle, post.slug),
  },
});
