import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, number, string } from "dynamodb-toolbox/schema";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { sessionKey, sessionPrefix, userPartition } from "../db/keys.ts";
import { inParallel } from "../db/parallel.ts";
import { itemAttributes, table } from "../db/table.ts";
import { SessionId, UserId } from "../ids.ts";
import { hashOf, type SessionToken } from "./session.token.ts";

const SessionItem = new Entity({
  name: "session",
  table,
  timestamps: false,
  schema: item({
    userId: string().key(),
    id: string().key(),
    secretHash: string(),
    sealedRefreshToken: string(),
    userAgent: string(),
    lastUsedAt: string(),
    /** Epoch seconds: the table's TTL. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, id }) => sessionKey(UserId.parse(userId), SessionId.parse(id)),
});

/** A session as it is stored; of its secret there is only a hash. */
export type SessionRecord = Omit<FormattedItem<typeof SessionItem>, "schemaVersion" | "userId" | "id">;

const keyOf = ({ userId, sessionId }: SessionToken) => ({ userId, id: sessionId });

export async function create(token: SessionToken, session: Omit<SessionRecord, "secretHash">): Promise<void> {
  const command = SessionItem.build(PutItemCommand)
    .item({ ...session, ...keyOf(token), secretHash: hashOf(token) })
    .options({ condition: { attr: "version", exists: false } });
  try {
    await command.send();
  } catch (error) {
    // The id is new: what is there already is this session, written by an attempt whose answer got lost.
    if (!isConditionCheckFailed(error)) throw error;
  }
}

/** One consistent round trip; whether the secret is the right one is for the caller to see. */
export async function find(token: SessionToken): Promise<SessionRecord | undefined> {
  const { Item } = await SessionItem.build(GetItemCommand).key(keyOf(token)).options({ consistent: true }).send();
  return Item;
}

/** Replaces the refresh token of one version of a session; false when the session has changed, or is gone. */
export async function rotate(
  token: SessionToken,
  { version }: SessionRecord,
  { sealedRefreshToken, now }: { readonly sealedRefreshToken: string; readonly now: string },
): Promise<boolean> {
  const command = SessionItem.build(UpdateAttributesCommand)
    .item({ ...keyOf(token), sealedRefreshToken, lastUsedAt: now, updatedAt: now, version: version + 1 })
    .options({ condition: { attr: "version", eq: version } });
  return succeeds(() => command.send());
}

/** Removes one version of a session; false when it has changed in the meantime, or is gone. */
export async function removeVersion(token: SessionToken, { version }: SessionRecord): Promise<boolean> {
  const command = SessionItem.build(DeleteItemCommand)
    .key(keyOf(token))
    .options({ condition: { attr: "version", eq: version } });
  return succeeds(() => command.send());
}

/** Removes the session that the secret belongs to, and returns it; nothing when there is none. */
export async function remove(token: SessionToken): Promise<SessionRecord | undefined> {
  const command = SessionItem.build(DeleteItemCommand)
    .key(keyOf(token))
    .options({ condition: { attr: "secretHash", eq: hashOf(token) }, returnValues: "ALL_OLD" });
  try {
    const { Attributes } = await command.send();
    return Attributes;
  } catch (error) {
    if (isConditionCheckFailed(error)) return undefined;
    throw error;
  }
}

const removalsAtOnce = 8;

/** Removes all sessions of a user but one, if one is named. */
export async function removeAll(userId: UserId, except?: SessionId): Promise<void> {
  const { Items = [] } = await table
    .build(QueryCommand)
    .entities(SessionItem)
    .query({ partition: userPartition(userId), range: { beginsWith: sessionPrefix } })
    .options({ consistent: true, entityAttrFilter: false, maxPages: Number.POSITIVE_INFINITY })
    .send();
  const others = Items.filter(({ id }) => id !== except);
  await inParallel(others, removalsAtOnce, ({ id }) => SessionItem.build(DeleteItemCommand).key({ userId, id }).send());
}

async function succeeds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isConditionCheckFailed(error)) return false;
    throw error;
  }
}
