import { assertExpected, type ConditionalContext, type RepeatableContext, type UserContext } from "../call-context.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { firstVersion } from "../db/entity.ts";
import { countCall } from "../db/rate-limit.ts";
import { type ListId, newListId } from "../ids.ts";
import { Problem } from "../problem.ts";
import * as users from "../user/user.service.ts";
import { ListAccess } from "./list.access.ts";
import { listRate } from "./list.limits.ts";
import type { ListRecord } from "./list.repository.ts";
import * as repository from "./list.repository.ts";
import type { ListCreate, ListUpdate } from "./list.ts";

// For the transaction that creates a user.
export { inboxWrites } from "./list.repository.ts";

/**
 * Returns one page of the actor's lists, oldest first. The inbox comes first, because it is created with the user.
 *
 * @throws validation-failed for a cursor of another collection
 * @throws user-not-found when there is no inbox
 */
export async function list({ actor }: UserContext, query: PageQuery): Promise<Page<ListRecord>> {
  const page = await repository.listForMember(actor.userId, query);
  if (page.items.length === 0 && query.cursor === undefined) throw new Problem("user-not-found");
  return page;
}

/** Creates a list. @throws user-not-found, too-many-requests, idempotency-key-reused, request-in-flight */
export async function create(ctx: RepeatableContext, { name }: ListCreate): Promise<ListRecord> {
  const { actor, clock, request } = ctx;
  // The inbox must be the oldest list. It is created with the user.
  await users.get(ctx);
  await countCall(actor.userId, "list", listRate, clock);
  const now = clock.now().toISOString();
  const list: ListRecord = {
    id: newListId(clock),
    kind: "list",
    name,
    ownerId: actor.userId,
    epoch: 0,
    openTodos: 0,
    ...firstVersion(now),
  };
  return repository.create(list, request);
}

/** Returns a list. @throws list-not-found */
export async function get(ctx: UserContext, listId: ListId): Promise<ListRecord> {
  return (await ListAccess.authorise(ctx, listId)).list;
}

/** Updates a list. An empty patch does not change the list or its version. @throws list-not-found, version-conflict */
export async function update(ctx: ConditionalContext, listId: ListId, { name }: ListUpdate): Promise<ListRecord> {
  const { list } = await ListAccess.authorise(ctx, listId);
  if (name !== undefined) return repository.rename(list, name, ctx.clock.now().toISOString(), ctx.expected);
  assertExpected(ctx, list);
  return list;
}

/** Deletes a list with all its todos. @throws list-not-found, inbox-required, version-conflict */
export async function remove(ctx: ConditionalContext, listId: ListId): Promise<void> {
  const { list } = await ListAccess.authorise(ctx, listId);
  if (list.kind === "inbox") throw new Problem("inbox-required");
  await repository.remove(list, ctx.expected);
}

/** Deletes all todos of a list, of any number, in one write. @throws list-not-found */
export async function empty(ctx: UserContext, listId: ListId): Promise<void> {
  const { list } = await ListAccess.authorise(ctx, listId);
  await repository.empty(list);
}
