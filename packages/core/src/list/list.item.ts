import { Entity } from "dynamodb-toolbox/entity";
import { item, number, string } from "dynamodb-toolbox/schema";
import { listKey, membershipKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { ListId, UserId } from "../ids.ts";

export const ListItem = new Entity({
  name: "list",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    kind: string().enum("inbox", "list"),
    name: string(),
    ownerId: string(),
    epoch: number(),
    // Kept by a consumer of the stream; a list that is older than counting has none of them.
    openTodos: number().optional(),
    countedTo: string().optional(),
    countedAt: number().optional(),
    recount: string().optional(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => listKey(ListId.parse(id)),
});

export const MembershipItem = new Entity({
  name: "membership",
  table,
  timestamps: false,
  schema: item({
    userId: string().key(),
    listId: string().key(),
    role: string().enum("owner"),
    joinedAt: string(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, listId }) => membershipKey(UserId.parse(userId), ListId.parse(listId)),
});
