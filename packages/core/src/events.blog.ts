import * as z from "zod";
import { Handle } from "./author/author.ts";
import { CommentId, MediaId, PostId, UserId } from "./ids.ts";
import { Month, Slug, Tag } from "./published/published-post.ts";

/** The address of a published post. */
const address = { postId: PostId, handle: Handle, slug: Slug };

/**
 * The content at the address of a post changed: the post was published, republished or removed, or its author's profile
 * changed.
 */
const PageChanged = z.object({
  type: z.literal("page.changed"),
  ...address,
  /** Month of publication. Omitted for a former address, which redirects. */
  month: Month.optional(),
  /** The previous month of publication, if the date changed. */
  formerMonth: Month.optional(),
  /** The current tags and the previous ones. */
  tags: z.array(Tag),
  /** Whether the post is no longer at this address: it was unpublished, deleted or moved. */
  removed: z.boolean().default(false),
});

/** A post was deleted. Its comments and uploads are no longer reachable through it. */
const PostDeleted = z.object({
  type: z.literal("post.deleted"),
  postId: PostId,
  authorId: UserId,
  /** Uploads in the draft or in the published post. */
  mediaIds: z.array(MediaId),
});

/** A comment on a post was created, edited, reviewed or removed. */
const CommentChanged = z.object({ type: z.literal("comment.changed"), postId: PostId });

/** A reader commented on a post of an author. `comment.changed` tells of the same comment. */
export const CommentAdded = z.object({ type: z.literal("comment.added"), authorId: UserId, commentId: CommentId });
export type CommentAdded = z.output<typeof CommentAdded>;

/** An author's public profile changed. */
const AuthorChanged = z.object({
  type: z.literal("author.changed"),
  userId: UserId,
  handle: Handle,
  /**
   * Progress of updating the denormalized copies of the profile: first in the author's posts, then in their comments.
   */
  postsTo: z.string().optional(),
  commentsTo: CommentId.optional(),
});

/** The events of the blog. */
export const BlogEvent = z.discriminatedUnion("type", [
  PageChanged,
  PostDeleted,
  CommentChanged,
  CommentAdded,
  AuthorChanged,
]);
export type BlogEvent = z.output<typeof BlogEvent>;

/** Events that can change the number of visible comments of a post, or the addresses where the number is shown. */
export const CountEvent = z.discriminatedUnion("type", [PageChanged, CommentChanged]);

/** Events that change content of the site. */
export const SiteEvent = z.discriminatedUnion("type", [PageChanged, CommentChanged, AuthorChanged]);
export type SiteEvent = z.output<typeof SiteEvent>;
