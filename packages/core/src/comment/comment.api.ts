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
    summary: "What readers see of a post's comments, oldest first",
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
    response: { status: 201, description: "The comment, which may be waiting for approval", body: Comment },
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
      "Change an own comment (JSON merge patch); unless comments are open, it waits for approval again. " +
      "With If-Match, only the version that the caller knows",
    access: "user",
    params: CommentParams,
    body: CommentUpdate,
    response: { status: 200, description: "The changed comment", body: Comment },
    cache: "private",
    problems: ["comment-not-found", "commenter-blocked", "version-conflict"],
  },
  deleteComment: {
    method: "DELETE",
    path: item,
    summary: "Delete an own comment, or one of an own post; with If-Match only the version that the caller knows",
    access: "user",
    params: CommentParams,
    response: { status: 204, description: "It is gone" },
    cache: "private",
    problems: ["comment-not-found", "version-conflict"],
  },
  decideComment: {
    method: "POST",
    path: `${item}/decision`,
    summary: "Approve or hide a comment on an own post, or block its writer; an approval needs If-Match",
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
    summary: "Comments of own posts that wait for a decision, oldest first",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of comments", body: z.array(CommentToReview), paged: true },
    cache: "private",
  },
  listBlockedReaders: {
    method: "GET",
    path: "/v1/me/blocked-readers",
    summary: "Who may not comment on own posts",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of readers", body: z.array(BlockedReader), paged: true },
    cache: "private",
  },
  unblockReader: {
    method: "DELETE",
    path: "/v1/me/blocked-readers/{readerId}",
    summary: "Let somebody comment again",
    access: "user",
    params: z.strictObject({ readerId: ReaderId }),
    response: { status: 204, description: "They may" },
    cache: "private",
  },
});
