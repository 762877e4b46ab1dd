import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { membershipPrefix, userPartition } from "../db/keys.ts";
import { inParallel } from "../db/parallel.ts";
import { table } from "../db/table.ts";
import type { UserId } from "../ids.ts";
import { ListItem, MembershipItem } from "./list.item.ts";

const deletesAtOnce = 16;

/**
 * Deletes all lists of a user, inbox included. Each deletion hides all that was in the list, which a consumer of the stream removes;
 * the memberships stay, so that beginning again finds what is left.
 */
export async function removeOwned(userId: UserId): Promise<void> {
  const { Items = [] } = await table
    .build(QueryCommand)
    .entities(MembershipItem)
    .query({ partition: userPartition(userId), range: { beginsWith: membershipPrefix } })
    .options({ consistent: true, entityAttrFilter: false, maxPages: Number.POSITIVE_INFINITY })
    .send();
  const owned = Items.filter(({ role }) => role === "owner");
  await inParallel(owned, deletesAtOnce, ({ listId }) => ListItem.build(DeleteItemCommand).key({ id: listId }).send());
}
