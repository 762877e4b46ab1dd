import * as z from "zod";
import { ListId, TodoId, UserId } from "./ids.ts";

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

/** What has happened, as consumers are told of it. They may be told twice, and late. */
export const DomainEvent = z.discriminatedUnion("type", [
  ListDeleted,
  ListEmptied,
  ListMiscounted,
  UserDeleted,
  SweepRequested,
]);
export type DomainEvent = z.output<typeof DomainEvent>;
