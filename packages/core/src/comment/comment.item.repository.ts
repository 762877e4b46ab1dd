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
    /** What readers see of whoever wrote it; one that is deleted has nobody. */
    writer: map({
      id: string(),
      name: string(),
      handle: string().optional(),
      avatar: pictureAttribute().optional(),
    }).optional(),
    body: string(),
    /** How many replies there are, whatever their state; a reply has none. */
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

/** Whoever wrote a comment, as it says: a reader without a handle has a name alone. */
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

/** A writer as an attribute of an item. */
export const writerAttribute = ({ id, name, handle, avatar }: Writer) => ({
  id,
  name,
  ...(handle !== null && { handle }),
  ...(avatar && { avatar: { ...avatar, widths: [...avatar.widths] } }),
});

/**
 * Whether readers see it in its place: what is visible, and without its words what has replies, which would make no sense elsewhere.
 */
export const isInPlace = ({ state, replies }: Pick<CommentRecord, "state" | "replies">) =>
  state === "visible" || replies > 0;

/** Where readers find it: among the others by the time at which it was written. */
export const rankOf = ({ createdAt }: Pick<CommentRecord, "createdAt">) => Date.parse(createdAt);

/** What puts a comment among those of its writer, as long as it has one. */
export const ofWriter = (writerId: UserId, id: CommentId) => ({ gsi1pk: commenterPartition(writerId), gsi1sk: id });

/** What puts a comment among those that the author of its post is to decide of. */
export const toReview = (postAuthorId: UserId, id: CommentId) => ({
  gsi2pk: reviewPartition(postAuthorId),
  gsi2sk: id,
});
