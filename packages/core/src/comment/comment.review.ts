import { assertExpected, type ConditionalContext, type UserContext } from "../call-context.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { ReaderId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { findReferences, type PublishedPostReference } from "../published/published-post.service.ts";
import * as blocked from "./comment.blocked.repository.ts";

import type { CommentRecord } from "./comment.item.repository.ts";
import * as lists from "./comment.lists.repository.ts";
import * as repository from "./comment.repository.ts";
import type { CommentPath } from "./comment.service.ts";
import type { BlockedReader, CommentDecision } from "./comment.ts";

/** A comment on one of the author's posts, with the post. */
export interface CommentOfPost {
  readonly comment: CommentRecord;
  readonly post: PublishedPostReference;
}

/**
 * Returns a page of comments on the actor's published posts that need review, oldest first. Two round trips. The index
 * is eventually consistent, so the page can differ from the latest decisions.
 *
 * @throws validation-failed for a cursor of another collection
 */
export const listToReview = async ({ actor }: UserContext, query: PageQuery): Promise<Page<CommentOfPost>> =>
  withPosts(await lists.listToReview(actor.userId, query));

/**
 * Returns a page of the visible comments of readers on the actor's published posts, newest first. Two round trips. The
 * index is eventually consistent.
 *
 * @throws validation-failed for a cursor of another collection
 */
export const listReceived = async ({ actor }: UserContext, query: PageQuery): Promise<Page<CommentOfPost>> =>
  withPosts(await lists.listReceived(actor.userId, query));

const withPosts = async ({ items, next }: Page<CommentRecord>): Promise<Page<CommentOfPost>> => ({
  items: await withPost(items),
  next,
});

/** Adds the published posts to comments. Omits comments on posts that are not published. One round trip. */
export async function withPost(comments: readonly CommentRecord[]): Promise<CommentOfPost[]> {
  const posts = await findReferences(comments.map(({ postId }) => postId));
  return comments.flatMap((comment) => {
    const post = posts.get(comment.postId);
    return post ? [{ comment, post }] : [];
  });
}

/**
 * Approves a comment on one of the actor's posts, hides it, or hides it and blocks its writer. An approval requires the
 * version that the author has read, because the writer can edit the comment at the same time, and unread text must not
 * become visible.
 *
 * @throws comment-not-found also for comments on other authors' posts; validation-failed when authors block themselves;
 * version-required, version-conflict
 */
export async function decide(
  ctx: ConditionalContext,
  { postId, commentId }: CommentPath,
  { decision }: CommentDecision,
): Promise<CommentRecord> {
  const { actor, clock } = ctx;
  if (decision === "approve" && !ctx.expected) throw new Problem("version-required");
  return retryOptimistically(async () => {
    const comment = await repository.find(postId, commentId);
    if (!comment?.writer || comment.postAuthorId !== actor.userId) throw new Problem("comment-not-found");
    assertExpected(ctx, comment);
    const now = clock.now().toISOString();
    if (decision === "block") {
      if (comment.writer.id === actor.userId) {
        throw new Problem("validation-failed", {
          errors: [{ pointer: "/decision", detail: "You cannot block yourself" }],
        });
      }
      await blocked.block(actor.userId, comment.writer, now);
    }
    const state = decision === "approve" ? "visible" : "hidden";
    return comment.state === state ? comment : repository.change(comment, { state }, now);
  });
}

/**
 * Returns a page of the readers that the actor has blocked.
 *
 * @throws validation-failed for a cursor of another collection
 */
export const listBlocked = ({ actor }: UserContext, query: PageQuery): Promise<Page<BlockedReader>> =>
  blocked.listBlocked(actor.userId, query);

/** Unblocks a reader. Idempotent. */
export const unblock = ({ actor }: UserContext, readerId: ReaderId): Promise<void> =>
  blocked.unblock(actor.userId, readerId);
