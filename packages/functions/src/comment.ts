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

export const createComment = handle(commentOperations.createComment, async ({ ctx, params, body }) => ({
  body: presentComment(await comments.create(ctx, params.postId, body)),
}));

export const updateComment = handle(commentOperations.updateComment, async ({ ctx, params, body }) => ({
  body: presentComment(await comments.update(ctx, params, body)),
}));

export const deleteComment = handle(commentOperations.deleteComment, ({ ctx, params }) => comments.remove(ctx, params));

export const decideComment = handle(commentOperations.decideComment, async ({ ctx, params, body }) => ({
  body: presentComment(await review.decide(ctx, params, body)),
}));

export const listCommentsToReview = handle(commentOperations.listCommentsToReview, async ({ ctx, query }) =>
  presentPage(await review.listToReview(ctx, query), presentCommentToReview),
);

export const listReceivedComments = handle(commentOperations.listReceivedComments, async ({ ctx, query }) =>
  presentPage(await review.listReceived(ctx, query), presentCommentToReview),
);

export const listBlockedReaders = handle(commentOperations.listBlockedReaders, async ({ ctx, query }) =>
  presentPage(await review.listBlocked(ctx, query), (reader) => reader),
);

export const unblockReader = handle(commentOperations.unblockReader, ({ ctx, params }) =>
  review.unblock(ctx, params.readerId),
);
