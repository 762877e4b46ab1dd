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
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, id }) => sessionKey(UserId.parse(userId), SessionId.parse(id)),
});

/** A session as it is stored. It contains the hash of the secret, not the secret. */
export type SessionRecord = Omit<FormattedItem<typeof SessionItem>, "schemaVersion" | "userId" | "id">;

const keyOf = ({ userId, sessionId }: SessionToken) => ({ userId, id: sessionId });

export async function create(token: SessionToken, session: Omit<SessionRecord, "secretHash">): Promise<void> {
  const command = SessionItem.build(PutItemCommand)
    .item({ ...session, ...keyOf(token), secretHash: hashOf(token) })
    .options({ condition: { attr: "version", exists: false } });
  try {
    await command.send();
  } catch (error) {
    // The id is new, so the existing item is this session: an earlier attempt wrote it, and its response was lost.
    if (!isConditionCheckFailed(error)) throw error;
  }
}

/**
 * Returns the session by its id. One consistent round trip. The caller must compare the secret with `secretHash`: a
 * forged cookie with a real session id and a wrong secret finds the item, too.
 */
export async function find(token: SessionToken): Promise<SessionRecord | undefined> {
  const { Item } = await SessionItem.build(GetItemCommand).key(keyOf(token)).options({ consistent: true }).send();
  return Item;
}

/**
 * Replaces the refresh token of one version of a session. Returns false when the session was changed or deleted. If two
 * tabs both read version 3, the first writes version 4, and the second gets false.
 */
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

/**
 * Removes one version of a session. Returns false when the session was changed or deleted. A call for version 3 does
 * not remove version 4.
 */
export async function removeVersion(token: SessionToken, { version }: SessionRecord): Promise<boolean> {
  const command = SessionItem.build(DeleteItemCommand)
    .key(keyOf(token))
    .options({ condition: { attr: "version", eq: version } });
  return succeeds(() => command.send());
}

/** Removes and returns the session with this id and secret. Returns undefined if there is none. */
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

/**
 * Removes all sessions of a user, except `except` if given. Example: with sessions `ses_1`, `ses_2` and `ses_3`, and
 * `except` `ses_2`, only `ses_2` is left.
 */
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
