import type { CommentToReview } from "@daybook/core/comment/comment";
import { userApi } from "../../session/user-api.ts";
import { type Paginated, usePaginated } from "../use-paginated.ts";

/** Returns the visible comments of readers on the author's posts, newest first. */
export const useReceivedComments = (): Paginated<CommentToReview> => usePaginated(userApi.listReceivedComments);

/** Returns the comments on the author's posts that wait for review. */
export const useCommentsToReview = (): Paginated<CommentToReview> => usePaginated(userApi.listCommentsToReview);
