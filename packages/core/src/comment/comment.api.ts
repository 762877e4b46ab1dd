import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { PageQuery } from "../contract/page.ts";
import { CommentId, PostId, ReaderId } from "../ids.ts";
import { BlockedReader, Comment, CommentCreate, CommentDecision, CommentToReview, CommentUpdate } from "./comment.ts";

const collection = "/v1/posts/{postId}/comments";
const item = `${collection}/{commentId}` as const;
const PostParams = z.strictObject({ postId: PostId });
const CommentParams = z.strictObject({ postId: PostId, commentId: CommentId });

export const commentOperations = defineOperations({
  listComments: {
    method: "GET",
    path: collection,
    summary: "List a post's visible comments, oldest first",
    access: "public",
    params: PostParams,
    query: PageQuery,
    response: { status: 200, description: "A page of comments", body: z.array(Comment), paged: true },
    cache: { edgeSeconds: 1 },
    problems: ["post-not-found"],
  },
  createComment: {
    method: "POST",
    path: collection,
    summary: "Comment on a post, or reply to a comment",
    access: "user",
    params: PostParams,
    body: CommentCreate,
    response: { status: 201, description: "The comment. It may need approval before readers see it", body: Comment },
    idempotent: true,
    cache: "private",
    problems: [
      "post-not-found",
      "comment-not-found",
      "name-required",
      "comments-closed",
      "commenter-blocked",
      "too-many-requests",
    ],
  },
  updateComment: {
    method: "PATCH",
    path: item,
    summary:
      "Update your comment with a JSON merge patch. Unless the post's comments are open, it needs approval again. " +
      "Send If-Match to require a version",
    access: "user",
    params: CommentParams,
    body: CommentUpdate,
    response: { status: 200, description: "The updated comment", body: Comment },
    cache: "private",
    problems: ["comment-not-found", "commenter-blocked", "version-conflict", "too-many-requests"],
  },
  deleteComment: {
    method: "DELETE",
    path: item,
    summary: "Delete your comment, or any comment on your post. Send If-Match to require a version",
    access: "user",
    params: CommentParams,
    response: { status: 204, description: "Comment deleted" },
    cache: "private",
    problems: ["comment-not-found", "version-conflict"],
  },
  decideComment: {
    method: "POST",
    path: `${item}/decision`,
    summary: "Approve or hide a comment on your post, or block its writer. Approval requires If-Match",
    access: "user",
    params: CommentParams,
    body: CommentDecision,
    response: { status: 200, description: "The comment", body: Comment },
    cache: "private",
    problems: ["comment-not-found", "version-conflict", "version-required"],
  },
  listCommentsToReview: {
    method: "GET",
    path: "/v1/me/comments-to-review",
    summary: "List comments on your posts that need a decision, oldest first",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of comments", body: z.array(CommentToReview), paged: true },
    cache: "private",
  },
  listReceivedComments: {
    method: "GET",
    path: "/v1/me/received-comments",
    summary: "List readers' visible comments on your posts, newest first",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of comments", body: z.array(CommentToReview), paged: true },
    cache: "private",
  },
  listBlockedReaders: {
    method: "GET",
    path: "/v1/me/blocked-readers",
    summary: "List readers who are blocked from commenting on your posts",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of blocked readers", body: z.array(BlockedReader), paged: true },
    cache: "private",
  },
  unblockReader: {
    method: "DELETE",
    path: "/v1/me/blocked-readers/{readerId}",
    summary: "Unblock a reader",
    access: "user",
    params: z.strictObject({ readerId: ReaderId }),
    response: { status: 204, description: "Reader unblocked" },
    cache: "private",
  },
});
