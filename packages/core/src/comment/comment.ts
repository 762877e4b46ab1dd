import * as z from "zod";
import { Byline } from "../author/author.ts";
import { CommentId, PostId, ReaderId } from "../ids.ts";
import { trimmedLines } from "../text.ts";
import { commentLength } from "./comment.limits.ts";

/** Markdown without headings, pictures, tables and HTML. */
const CommentBody = trimmedLines(commentLength).meta({ example: "This helped, *thank you*." });

/** A comment on a post. A deleted comment with replies keeps its place, without author and text. */
export const Comment = z
  .object({
    id: CommentId,
    url: z.url(),
    postId: PostId,
    parentId: CommentId.nullable().meta({
      description: "The comment that this one replies to. Replies cannot have replies",
    }),
    state: z.enum(["visible", "pending", "hidden", "deleted"]),
    author: z
      .object({ ...Byline.partial({ handle: true, page: true }).shape, id: ReaderId })
      .nullable()
      .meta({ description: "The writer. `id` is their public id. Readers who have no handle have only a name" }),
    /** Whether the post's author wrote it. */
    byPostAuthor: z.boolean(),
    body: z.string().meta({ description: CommentBody.description, example: "This helped, *thank you*." }),
    editedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "Comment" });
export type Comment = z.output<typeof Comment>;

export const CommentCreate = z
  .strictObject({ body: CommentBody, parentId: CommentId.optional() })
  .meta({ id: "CommentCreate" });
export type CommentCreate = z.output<typeof CommentCreate>;

/** A merge patch (RFC 7396). */
export const CommentUpdate = z.strictObject({ body: CommentBody.optional() }).meta({ id: "CommentUpdate" });
export type CommentUpdate = z.output<typeof CommentUpdate>;

/** A decision of a post's author. Blocking the writer also hides the comment and prevents further ones. */
export const CommentDecision = z
  .strictObject({ decision: z.enum(["approve", "hide", "block"]) })
  .meta({ id: "CommentDecision" });
export type CommentDecision = z.output<typeof CommentDecision>;

/** A comment on one of the author's posts, with the post. */
export const CommentToReview = z
  .object({ ...Comment.shape, post: z.object({ id: PostId, title: z.string(), page: z.url() }) })
  .meta({ id: "CommentToReview" });
export type CommentToReview = z.output<typeof CommentToReview>;

/** A reader who is blocked from commenting on an author's posts. */
export const BlockedReader = z
  .object({ id: ReaderId, name: z.string(), blockedAt: z.iso.datetime() })
  .meta({ id: "BlockedReader" });
export type BlockedReader = z.output<typeof BlockedReader>;
