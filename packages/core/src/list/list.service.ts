import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import type { RepeatableRequest } from "../db/idempotency.ts";
import type { ExpectedVersions } from "../db/version.ts";
import { type ListId, newListId } from "../ids.ts";
import { Problem } from "../problem.ts";
import * as users from "../user/user.service.ts";
import { ListAccess } from "./list.access.ts";
import type { ListRecord } from "./list.repository.ts";
import * as repository from "./list.repository.ts";
import type { ListCreate, ListUpdate } from "./list.ts";

/**
 * Returns one page of the actor's lists, oldest first. The inbox comes first, because it is created with the account.
 * If there are no lists, the setup of the account is incomplete, and this function completes it.
 *
 * @throws validation-failed for a cursor of another collection
 * @throws user-not-found when the account was deleted
 */
export async function list(
  actor: Actor,
  query: PageQuery,
  email: users.EmailSource,
  clock: Clock,
): Promise<Page<ListRecord>> {
  const page = await repository.listForMember(actor.userId, query);
  if (page.items.length > 0 || query.cursor !== undefined) return page;
  await users.ensure(actor, await email(), clock);
  return repository.listForMember(actor.userId, query);
}

/** Creates a list. @throws user-not-found when the account was deleted; idempotency-key-reused, request-in-flight */
export async function create(
  actor: Actor,
  { name }: ListCreate,
  email: users.EmailSource,
  clock: Clock,
  request?: RepeatableRequest,
): Promise<ListRecord> {
  // The inbox must be the oldest list. If the setup of the account is incomplete, this creates the inbox.
  await users.get(actor, email, clock);
  const now = clock.now().toISOString();
  const list: ListRecord = {
    id: newListId(clock),
    kind: "list",
    name,
    ownerId: actor.userId,
    epoch: 0,
    openTodos: 0,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return repository.create(list, request);
}

/** Returns a list. @throws list-not-found */
export async function get(actor: Actor, listId: ListId): Promise<ListRecord> {
  return (await ListAccess.authorise(actor, listId)).list;
}

/** Updates a list. An empty patch does not change the list or its version. @throws list-not-found, version-conflict */
export async function update(
  actor: Actor,
  listId: ListId,
  { name }: ListUpdate,
  clock: Clock,
  expected?: ExpectedVersions,
): Promise<ListRecord> {
  const { list } = await ListAccess.authorise(actor, listId);
  if (name !== undefined) return repository.rename(list, name, clock.now().toISOString(), expected);
  if (expected && !expected.includes(list.version)) throw new Problem("version-conflict");
  return list;
}

/** Deletes a list with all its todos. @throws list-not-found, inbox-required, version-conflict */
export async function remove(actor: Actor, listId: ListId, expected?: ExpectedVersions): Promise<void> {
  const { list } = await ListAccess.authorise(actor, listId);
  if (list.kind === "inbox") throw new Problem("inbox-required");
  await repository.remove(list, expected);
}

/** Deletes all todos of a list, of any number, in one write. @throws list-not-found */
export async function empty(actor: Actor, listId: ListId): Promise<void> {
  const { list } = await ListAccess.authorise(actor, listId);
  await repository.empty(list);
}
