import * as z from "zod";
import { Handle } from "../author/author.ts";
import { entity, type RecordOf } from "../db/entity.ts";
import { commenterPartition, commentKey, receivedPartition, reviewPartition } from "../db/keys.blog.ts";
import { StoredPicture } from "../db/picture-attribute.ts";
import { type CommentId, UserId } from "../ids.ts";
import { Comment } from "./comment.ts";

/** The writer of a comment as it is stored with it. A reader without a handle has only a name. */
const Writer = z.object({
  id: UserId,
  name: z.string(),
  handle: Handle.nullable(),
  avatar: StoredPicture.nullable(),
});
export type Writer = z.output<typeof Writer>;

export const comments = entity({
  name: "comment",
  schema: Comment.omit({ url: true, author: true, byPostAuthor: true }).extend({
    postAuthorId: UserId,
    /** Denormalized copy of the writer's public profile. A deleted comment has none. */
    writer: Writer.nullable(),
    /** Number of replies in any state. Always 0 for a reply. */
    replies: z.int(),
  }),
  keyFields: ["postId", "id"],
  keyOf: ({ postId, id }) => commentKey(postId, id),
});

/** A comment as it is stored. */
export type CommentRecord = RecordOf<typeof comments>;

/**
 * Returns whether readers see the comment in its place: it is visible, or it has replies, which need their parent. A
 * deleted comment with two replies is shown without its text.
 */
export const isInPlace = ({ state, replies }: Pick<CommentRecord, "state" | "replies">) =>
  state === "visible" || replies > 0;

/** Sort key of comments for readers: the time of creation, in epoch milliseconds. */
export const rankOf = ({ createdAt }: Pick<CommentRecord, "createdAt">) => Date.parse(createdAt);

/** Index keys that list a comment with its writer's comments. */
export const ofWriter = (writerId: UserId, id: CommentId) => ({ gsi1pk: commenterPartition(writerId), gsi1sk: id });

/** Index keys that list a comment for review by the post's author. */
export const toReview = (postAuthorId: UserId, id: CommentId) => ({
  gsi2pk: reviewPartition(postAuthorId),
  gsi2sk: id,
});

/** Index keys that list a visible comment of a reader with those on the author's posts. */
export const asReceived = (postAuthorId: UserId, id: CommentId) => ({
  gsi2pk: receivedPartition(postAuthorId),
  gsi2sk: id,
});

/** Index keys that list a comment for the post's author, if it needs a decision or is another's visible comment. */
export function forPostAuthor(
  { id, postAuthorId, writer }: Pick<CommentRecord, "id" | "postAuthorId" | "writer">,
  state: CommentRecord["state"],
) {
  if (state === "pending") return toReview(postAuthorId, id);
  const isReceived = state === "visible" && writer !== null && writer.id !== postAuthorId;
  return isReceived ? asReceived(postAuthorId, id) : { gsi2pk: null, gsi2sk: null };
}
