import * as z from "zod";
import { BlogEvent } from "./events.blog.ts";
import { ListId, MediaId, TodoId, UserId } from "./ids.ts";

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

/** An upload was deleted. Delete its files. */
export const MediaDeleted = z.object({ type: z.literal("media.deleted"), mediaId: MediaId });

/** A change that the owner of an account is notified of by email. */
export const NoticeRequested = z.object({ type: z.literal("notice.requested"), noticeId: z.uuid() });

/** An event for consumers. Delivery is at least once, can be delayed, and can be out of order. */
export const DomainEvent = z.discriminatedUnion("type", [
  ListDeleted,
  ListEmptied,
  ListMiscounted,
  UserDeleted,
  SweepRequested,
  MediaDeleted,
  NoticeRequested,
  ...BlogEvent.options,
]);
export type DomainEvent = z.output<typeof DomainEvent>;
