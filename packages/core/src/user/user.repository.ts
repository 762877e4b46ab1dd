import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { ConditionCheck } from "dynamodb-toolbox/entity/actions/transactCheck";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import {
  type ExecuteTransactWriteInput,
  type ExecuteTransactWriteOptions,
  execute,
  isTransactionCancelled,
} from "dynamodb-toolbox/entity/actions/transactWrite";
import { $add, $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, map, number, string } from "dynamodb-toolbox/schema";
import { retryConflicts } from "../db/failures.ts";
import { deletedUserKey, profileKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { type ExpectedVersions, isNew, versionCondition } from "../db/version.ts";
import { UserNotFoundError, VersionConflictError } from "../errors.ts";
import { UserId } from "../ids.ts";
import type { User, UserUpdate } from "./user.ts";

export const ProfileItem = new Entity({
  name: "profile",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    email: string(),
    name: string().optional(),
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

/** That there was a user, and nothing about who it was. */
export const DeletedUserItem = new Entity({
  name: "deleted-user",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    /** Epoch seconds: the table's TTL. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => deletedUserKey(UserId.parse(id)),
});

/** A profile as it is stored. */
export type ProfileRecord = Omit<User, "url">;

const toRecord = ({ schemaVersion: _, welcome: __, ...profile }: FormattedItem<typeof ProfileItem>): ProfileRecord => ({
  ...profile,
  id: UserId.parse(profile.id),
  name: profile.name ?? null,
});

/** One consistent round trip. */
export async function find(id: UserId): Promise<ProfileRecord | undefined> {
  const { Item } = await ProfileItem.build(GetItemCommand).key({ id }).options({ consistent: true }).send();
  return Item && toRecord(Item);
}

/**
 * Writes a profile and what belongs to it in one transaction. `now` is an ISO 8601 time.
 *
 * @returns false when the profile exists; nothing is written then
 * @throws UserNotFoundError when the account was deleted; it does not come back
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
    await retryConflicts(() => execute(isNotDeleted, put, ...others));
    return true;
  } catch (error) {
    const [deleted, exists] = (isTransactionCancelled(error) ? error.CancellationReasons : undefined) ?? [];
    if (deleted?.Code === "ConditionalCheckFailed") throw new UserNotFoundError({ cause: error });
    if (exists?.Code === "ConditionalCheckFailed") return false;
    throw error;
  }
}

/**
 * Changes the members given, in one round trip. `now` is an ISO 8601 time.
 *
 * @returns nothing when there is no profile
 * @throws VersionConflictError
 */
export async function update(
  id: UserId,
  { name }: UserUpdate,
  now: string,
  expected: ExpectedVersions,
): Promise<ProfileRecord | undefined> {
  const command = ProfileItem.build(UpdateAttributesCommand)
    .item({ id, ...(name !== undefined && { name: name ?? $remove() }), updatedAt: now, version: $add(1) })
    .options({
      condition: versionCondition(expected),
      returnValues: "ALL_NEW",
      returnValuesOnConditionFalse: "ALL_OLD",
    });
  try {
    const { Attributes } = await retryConflicts(() => command.send());
    return Attributes && toRecord(Attributes);
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
    if (error.Item) throw new VersionConflictError({ cause: error });
    return undefined;
  }
}

type Write = Exclude<ExecuteTransactWriteInput[number], ExecuteTransactWriteOptions>;

/** The right to send the welcome email, which a profile gives once. */
export interface WelcomeClaim {
  readonly userId: UserId;
  readonly claimId: string;
  /** ISO 8601 */
  readonly claimedAt: string;
}

/** @returns the address to write to, or nothing when the email is claimed, or the profile gone */
export async function claimWelcome({ userId, ...claim }: WelcomeClaim): Promise<string | undefined> {
  try {
    const { Attributes } = await ProfileItem.build(UpdateAttributesCommand)
      .item({ id: userId, welcome: { state: "sending", ...claim } })
      .options({
        condition: {
          and: [
            { attr: "version", exists: true },
            { attr: "welcome", exists: false },
          ],
        },
        returnValues: "ALL_NEW",
      })
      .send();
    return Attributes?.email;
  } catch (error) {
    if (isConditionCheckFailed(error)) return undefined;
    throw error;
  }
}

/** Gives the right back, for a mail that certainly did not leave. Somebody else's claim stays. */
export async function releaseWelcome({ userId, claimId }: WelcomeClaim): Promise<void> {
  await updateClaimed(userId, claimId, $remove());
}

/** Writes down that the mail left. `sentAt` is an ISO 8601 time. */
export async function settleWelcome({ userId, ...claim }: WelcomeClaim, sentAt: string): Promise<void> {
  await updateClaimed(userId, claim.claimId, { state: "sent", ...claim, sentAt });
}

/** Writes down that the mail was not sent, and never will be: the address gets none. */
export async function suppressWelcome({ userId, ...claim }: WelcomeClaim): Promise<void> {
  await updateClaimed(userId, claim.claimId, { state: "suppressed", ...claim });
}

async function updateClaimed(
  id: UserId,
  claimId: string,
  welcome: Welcome | ReturnType<typeof $remove>,
): Promise<void> {
  try {
    await ProfileItem.build(UpdateAttributesCommand)
      .item({ id, welcome })
      .options({ condition: { attr: "welcome.claimId", eq: claimId } })
      .send();
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}

type Welcome = NonNullable<FormattedItem<typeof ProfileItem>["welcome"]>;
