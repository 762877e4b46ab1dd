import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import * as users from "../user/user.service.ts";
import { type ListRecord, listForMember } from "./list.repository.ts";

/**
 * One page of the actor's lists, oldest first. Everyone has an inbox: where no list is found, the account is not set up yet, and
 * that is mended here.
 *
 * @throws ValidationError for a cursor of another collection
 * @throws UserNotFoundError when the account is gone
 */
export async function list(
  actor: Actor,
  query: PageQuery,
  email: users.EmailSource,
  clock: Clock,
): Promise<Page<ListRecord>> {
  const page = await listForMember(actor.userId, query);
  if (page.items.length > 0 || query.cursor !== undefined) return page;
  await users.ensure(actor, await email(), clock);
  return listForMember(actor.userId, query);
}
