import * as z from "zod";
import { entity, firstVersion, type RecordOf } from "../db/entity.ts";
import { deletedUserKey, profileKey } from "../db/keys.ts";
import { StoredPicture } from "../db/picture-attribute.ts";
import { isNew } from "../db/version.ts";
import { ConditionFailed, transact, type Write } from "../db/write.ts";
import { UserId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { User } from "./user.ts";

export const profiles = entity({
  name: "profile",
  schema: User.omit({
    url: true,
    avatarId: true,
    readerId: true, // #blog
  }).extend({
    avatar: StoredPicture.nullable(),
    // #region blog
    // Profiles that were created before the blog existed have none.
    bio: User.shape.bio.default(""),
    // Profiles that were created before comments were mailed have none.
    commentEmails: User.shape.commentEmails.default(true),
    // #endregion blog
    welcome: z
      .object({
        state: z.enum(["sending", "sent", "suppressed"]),
        claimId: z.string(),
        claimedAt: z.iso.datetime(),
        sentAt: z.iso.datetime().optional(),
      })
      .optional(),
  }),
  keyFields: ["id"],
  keyOf: ({ id }) => profileKey(id),
});

/** Records that a user was deleted, without personal data. */
export const deletedUsers = entity({
  name: "deleted-user",
  schema: z.object({
    id: UserId,
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["id"],
  keyOf: ({ id }) => deletedUserKey(id),
});

/** A profile as stored. */
export type ProfileRecord = Omit<RecordOf<typeof profiles>, "welcome">;

/** Returns a profile in one consistent round trip. */
export async function find(id: UserId): Promise<ProfileRecord | undefined> {
  const profile = await profiles.get({ id });
  if (!profile) return undefined;
  const { welcome: _, ...record } = profile;
  return record;
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
  const isNotDeleted = deletedUsers.check(profile, isNew);
  const put = profiles.put(
    {
      ...profile,
      ...{ name: null, avatar: null, ...firstVersion(now) },
      ...{ handle: null, bio: "", commentEmails: true }, // #blog
    },
    isNew,
  );
  try {
    await transact([isNotDeleted, put, ...others]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed && error.index === 0) throw new Problem("user-not-found", { cause: error });
    if (error instanceof ConditionFailed && error.index === 1) return false;
    throw error;
  }
}
