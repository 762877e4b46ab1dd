import * as z from "zod";
import { Handle } from "./author/author.ts";
import { CommentId, ListId, MediaId, PostId, TodoId, UserId } from "./ids.ts";
import { Month, Slug, Tag } from "./post/post.ts";

/** The owner has deleted a list: nothing leads to what was in it any more. */
const ListDeleted = z.object({
  type: z.literal("list.deleted"),
  listId: ListId,
  ownerId: UserId,
  epoch: z.int().nonnegative(),
});

/** A list was emptied: nothing leads to the todos of this epoch any more. */
const ListEmptied = z.object({
  type: z.literal("list.emptied"),
  listId: ListId,
  epoch: z.int().nonnegative(),
});

/** An account was deleted: all that is private to its user is to go. */
const UserDeleted = z.object({ type: z.literal("user.deleted"), userId: UserId });

/** A change of all todos of a list is more than a request can do; `after` is the last todo that it has come to. */
const SweepRequested = z.object({
  type: z.literal("sweep.requested"),
  listId: ListId,
  sweepId: z.string(),
  after: TodoId.optional(),
});

/** The count of open todos of a list is in doubt: they are to be counted anew. */
const ListMiscounted = z.object({
  type: z.literal("list.miscounted"),
  listId: ListId,
  epoch: z.int().nonnegative(),
});

/** Where a post is read. */
const address = { postId: PostId, handle: Handle, slug: Slug };

/** What readers see under the address of a post has changed: it appeared, was published again, went, or has another author's name. */
const PageChanged = z.object({
  type: z.literal("page.changed"),
  ...address,
  /** That of its publication; none for a former address, which only leads elsewhere. */
  month: Month.optional(),
  /** Those that it has, and those that it had. */
  tags: z.array(Tag),
  /** Readers saw the post at this address and do not any more: it was unpublished, deleted or moved. */
  removed: z.boolean().default(false),
});

/** An author has deleted a post: nothing leads to what belonged to it any more. */
const PostDeleted = z.object({
  type: z.literal("post.deleted"),
  postId: PostId,
  authorId: UserId,
  /** Those that it, or what readers had of it, showed. */
  mediaIds: z.array(MediaId),
});

/** An upload is gone: its files are to go. */
export const MediaDeleted = z.object({ type: z.literal("media.deleted"), mediaId: MediaId });

/** A comment of a post was written, changed, decided of or removed. */
const CommentChanged = z.object({ type: z.literal("comment.changed"), postId: PostId });

/** What readers see of an author has changed. */
const AuthorChanged = z.object({
  type: z.literal("author.changed"),
  userId: UserId,
  handle: Handle,
  /** Up to where what they have written says so already: their posts, and after these their comments. */
  postsTo: z.string().optional(),
  commentsTo: CommentId.optional(),
});

/** Something changed that the owner of an account is notified of by mail. */
export const NoticeRequested = z.object({ type: z.literal("notice.requested"), noticeId: z.uuid() });

/** What has happened, as consumers are told of it. They may be told twice, and late, and in another order. */
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
  AuthorChanged,
  NoticeRequested,
]);
export type DomainEvent = z.output<typeof DomainEvent>;

/** What may change how many comments readers see of a post, or where that is said. */
export const CountEvent = z.discriminatedUnion("type", [PageChanged, CommentChanged]);

/** What changes something that the site shows. */
export const SiteEvent = z.discriminatedUnion("type", [PageChanged, CommentChanged, AuthorChanged]);
export type SiteEvent = z.output<typeof SiteEvent>;
