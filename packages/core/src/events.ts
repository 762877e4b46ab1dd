import * as z from "zod";
import { Handle } from "./author/author.ts";
import { CommentId, ListId, MediaId, PostId, TodoId, UserId } from "./ids.ts";
import { Month, Slug, Tag } from "./published/published-post.ts";

/** A list was deleted. Its contents are no longer reachable. */
const ListDeleted = z.object({
  type: z.literal("list.deleted"),
  listId: ListId,
  ownerId: UserId,
  epoch: z.int().nonnegative(),
});

/** A list was emptied. The todos of this epoch are no longer reachable. */
const ListEmptied = z.object({
  type: z.literal("list.emptied"),
  listId: ListId,
  epoch: z.int().nonnegative(),
});

/** An account was deleted. Delete the user's private data. */
const UserDeleted = z.object({ type: z.literal("user.deleted"), userId: UserId });

/**
 * A change of all todos of a list is too large for one request. `after` is the last todo that the sweep has processed.
 */
const SweepRequested = z.object({
  type: z.literal("sweep.requested"),
  listId: ListId,
  sweepId: z.string(),
  after: TodoId.optional(),
});

/** The open-todo count of a list is in doubt. Recount it. */
const ListMiscounted = z.object({
  type: z.literal("list.miscounted"),
  listId: ListId,
  epoch: z.int().nonnegative(),
});

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

/** An upload was deleted. Delete its files. */
export const MediaDeleted = z.object({ type: z.literal("media.deleted"), mediaId: MediaId });

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

/** A change that the owner of an account is notified of by email. */
export const NoticeRequested = z.object({ type: z.literal("notice.requested"), noticeId: z.uuid() });

/** An event for consumers. Delivery is at least once, can be delayed, and can be out of order. */
export const DomainEvent = z.discriminatedUnion("type", [
  ListDeleted,
  ListEmptied,
  ListMiscounted,
  UserDeleted,
  SweepRequested,
  PageChanged,
  PostDeleted,
  MediaDeleted,
  CommentChanged,
  CommentAdded,
  AuthorChanged,
  NoticeRequested,
]);
export type DomainEvent = z.output<typeof DomainEvent>;

/** Events that can change the number of visible comments of a post, or the addresses where the number is shown. */
export const CountEvent = z.discriminatedUnion("type", [PageChanged, CommentChanged]);

/** Events that change content of the site. */
export const SiteEvent = z.discriminatedUnion("type", [PageChanged, CommentChanged, AuthorChanged]);
export type SiteEvent = z.output<typeof SiteEvent>;
