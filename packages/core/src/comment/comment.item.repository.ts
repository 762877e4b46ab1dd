import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { item, map, number, string } from "dynamodb-toolbox/schema";
import { Handle } from "../author/author.ts";
import { commenterPartition, commentKey, reviewPartition } from "../db/keys.ts";
import { pictureAttribute, pictureOf, type StoredPicture } from "../db/picture-attribute.ts";
import { itemAttributes, table } from "../db/table.ts";
import { CommentId, PostId, UserId } from "../ids.ts";
import type { Comment } from "./comment.ts";

export const CommentItem = new Entity({
  name: "comment",
  table,
  timestamps: false,
  schema: item({
    postId: string().key(),
    id: string().key(),
    postAuthorId: string(),
    parentId: string().optional(),
    state: string().enum("visible", "pending", "hidden", "deleted"),
    /** Denormalized copy of the writer's public profile. A deleted comment has none. */
    writer: map({
      id: string(),
      name: string(),
      handle: string().optional(),
      avatar: pictureAttribute().optional(),
    }).optional(),
    body: string(),
    /** Number of replies in any state. Always 0 for a reply. */
    replies: number(),
    editedAt: string().optional(),
    rank: number().optional().hidden(),
    gsi1pk: string().optional().hidden(),
    gsi1sk: string().optional().hidden(),
    gsi2pk: string().optional().hidden(),
    gsi2sk: string().optional().hidden(),
    ...itemAttributes,
  }),
  computeKey: ({ postId, id }) => commentKey(PostId.parse(postId), CommentId.parse(id)),
});

/** The writer of a comment as it is stored with it. A reader without a handle has only a name. */
export interface Writer {
  readonly id: UserId;
  readonly name: string;
  readonly handle: Handle | null;
  readonly avatar: StoredPicture | null;
}

/** A comment as it is stored. */
export type CommentRecord = Omit<Comment, "url" | "author" | "byPostAuthor"> & {
  readonly postAuthorId: UserId;
  readonly writer: Writer | null;
  readonly replies: number;
};

export const toRecord = ({
  schemaVersion: _,
  writer,
  ...comment
}: FormattedItem<typeof CommentItem>): CommentRecord => ({
  ...comment,
  id: CommentId.parse(comment.id),
  postId: PostId.parse(comment.postId),
  postAuthorId: UserId.parse(comment.postAuthorId),
  parentId: comment.parentId === undefined ? null : CommentId.parse(comment.parentId),
  writer: writer
    ? {
        id: UserId.parse(writer.id),
        name: writer.name,
        handle: writer.handle === undefined ? null : Handle.parse(writer.handle),
        avatar: writer.avatar ? pictureOf(writer.avatar) : null,
      }
    : null,
  editedAt: comment.editedAt ?? null,
});

/** Converts a writer to an attribute. */
export const writerAttribute = ({ id, name, handle, avatar }: Writer) => ({
  id,
  name,
  ...(handle !== null && { handle }),
  ...(avatar && { avatar: { ...avatar, widths: [...avatar.widths] } }),
});

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
