import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { ConditionCheck } from "dynamodb-toolbox/entity/actions/transactCheck";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { execute, isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { item, map, number, string } from "dynamodb-toolbox/schema";
import { Handle } from "../author/author.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import type { Write } from "../db/idempotency.ts";
import { deletedUserKey, profileKey } from "../db/keys.ts";
import { pictureAttribute, pictureOf, type StoredPicture } from "../db/picture-attribute.ts";
import { itemAttributes, table } from "../db/table.ts";
import { isNew } from "../db/version.ts";
import { UserId } from "../ids.ts";
import { Problem } from "../problem.ts";
import type { User } from "./user.ts";

export const ProfileItem = new Entity({
  name: "profile",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    email: string(),
    name: string().optional(),
    handle: string().optional(),
    bio: string().optional(),
    avatar: pictureAttribute().optional(),
    welcome: map({
      state: string().enum("sending", "sent", "suppressed"),
      claimId: string(),
      claimedAt: string(),
      sentAt: string().optional(),
    }).optional(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => profileKey(UserId.parse(id)),
});

/** Records that a user was deleted, without personal data. */
export const DeletedUserItem = new Entity({
  name: "deleted-user",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => deletedUserKey(UserId.parse(id)),
});

/** A profile as stored. */
export type ProfileRecord = Omit<User, "url" | "readerId" | "avatarId" | "avatar"> & {
  readonly avatar: StoredPicture | null;
};

const toRecord = ({ schemaVersion: _, welcome: __, ...profile }: FormattedItem<typeof ProfileItem>): ProfileRecord => ({
  ...profile,
  id: UserId.parse(profile.id),
  name: profile.name ?? null,
  // Profiles created before the blog existed have none of these fields.
  handle: profile.handle === undefined ? null : Handle.parse(profile.handle),
  bio: profile.bio ?? "",
  avatar: profile.avatar ? pictureOf(profile.avatar) : null,
});

/** Returns a profile in one consistent round trip. */
export async function find(id: UserId): Promise<ProfileRecord | undefined> {
  const { Item } = await ProfileItem.build(GetItemCommand).key({ id }).options({ consistent: true }).send();
  return Item && toRecord(Item);
}

/**
 * Stores a new profile and dependent writes in one transaction. `now` is an ISO 8601 time.
 *
 * @returns false, without a write, if the profile exists
 * @throws user-not-found when the account was deleted
 */
export async function create(
  profile: { readonly id: UserId; readonly email: string },
  now: string,
  others: readonly Write[],
): Promise<boolean> {
  const put = ProfileItem.build(PutTransaction)
    .item({ ...profile, createdAt: now, updatedAt: now, version: 1 })
    .options({ condition: isNew });
  const isNotDeleted = DeletedUserItem.build(ConditionCheck).key({ id: profile.id }).condition(isNew);
  try {
    await retryTransactionConflicts(() => execute(isNotDeleted, put, ...others));
    return true;
  } catch (error) {
    const [deleted, exists] = (isTransactionCancelled(error) ? error.CancellationReasons : undefined) ?? [];
    if (deleted?.Code === "ConditionalCheckFailed") throw new Problem("user-not-found", { cause: error });
    if (exists?.Code === "ConditionalCheckFailed") return false;
    throw error;
  }
}
