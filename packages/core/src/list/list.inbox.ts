import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import type { ListId, UserId } from "../ids.ts";
import { ListItem, MembershipItem } from "./list.item.ts";

/** The writes that make a user's inbox, for the transaction that makes the user. `now` is an ISO 8601 time. */
export function inboxWrites(userId: UserId, listId: ListId, now: string) {
  const common = { createdAt: now, updatedAt: now, version: 1 };
  return [
    ListItem.build(PutTransaction)
      .item({ id: listId, kind: "inbox", name: "Inbox", ownerId: userId, epoch: 0, openTodos: 0, ...common })
      .options({ condition: { attr: "version", exists: false } }),
    MembershipItem.build(PutTransaction)
      .item({ userId, listId, role: "owner", joinedAt: now, ...common })
      .options({ condition: { attr: "version", exists: false } }),
  ] as const;
}
