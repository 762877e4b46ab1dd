import { commentOperations } from "@daybook/core/comment/comment.api";
import * as review from "@daybook/core/comment/comment.review";
import * as comments from "@daybook/core/comment/comment.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { presentComment, presentCommentToReview, presentPlace } from "./present/comment.ts";
import { presentPage } from "./present/present.ts";

export const listComments = handle(commentOperations.listComments, async ({ params, query }) =>
  presentPage(await comments.list(params.postId, query), presentPlace),
);

export const createComment = handle(
  commentOperations.createComment,
  async ({ actor, params, body, clock, request }) => ({
    body: presentComment(await comments.create(actor, params.postId, body, clock, request)),
  }),
);

export const updateComment = handle(
  commentOperations.updateComment,
  async ({ actor, params, body, clock, expectedVersions }) => ({
    body: presentComment(await comments.update(actor, params, body, clock, expectedVersions)),
  }),
);

export const deleteComment = handle(
  commentOperations.deleteComment,
  async ({ actor, params, clock, expectedVersions }) => {
    await comments.remove(actor, params, clock, expectedVersions);
    return {};
  },
);

export const decideComment = handle(
  commentOperations.decideComment,
  async ({ actor, params, body, clock, expectedVersions }) => ({
    body: presentComment(await review.decide(actor, params, body, clock, expectedVersions)),
  }),
);

export const listCommentsToReview = handle(commentOperations.listCommentsToReview, async ({ actor, query }) =>
  presentPage(await review.listToReview(actor, query), presentCommentToReview),
);

export const listBlockedReaders = handle(commentOperations.listBlockedReaders, async ({ actor, query }) =>
  presentPage(await review.listBlocked(actor, query), (reader) => reader),
);

export const unblockReader = handle(commentOperations.unblockReader, async ({ actor, params }) => {
  await review.unblock(actor, params.readerId);
  return {};
});
