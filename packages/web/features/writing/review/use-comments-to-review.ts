import type { CommentToReview } from "@daybook/core/comment/comment";
import { type Paginated, usePaginated } from "../../paginated/use-paginated.ts";
import { userApi } from "../../session/user-api.ts";

/** Returns the visible comments of readers on the author's posts, newest first. */
export const useReceivedComments = (): Paginated<CommentToReview> => usePaginated(userApi.listReceivedComments);

/** Returns the comments on the author's posts that wait for review. */
export const useCommentsToReview = (): Paginated<CommentToReview> => usePaginated(userApi.listCommentsToReview);
