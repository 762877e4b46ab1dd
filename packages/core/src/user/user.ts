import * as z from "zod";
import { Bio, Handle } from "../author/author.ts";
import { MediaId, ReaderId, UserId } from "../ids.ts";
import { Picture } from "../media/media.ts";
import { line } from "../text.ts";

export const User = z
  .object({
    id: UserId,
    url: z.url(),
    email: z.email(),
    /** Display name; 1 to 100 characters after trimming. */
    name: line({ min: 1, max: 100 }).nullable().meta({ example: "Ada" }),
    avatarId: MediaId.nullable().meta({ description: "Id of an upload of this user", example: null }),
    avatar: Picture.nullable(),
    // #region blog
    readerId: ReaderId.meta({ description: "Public id, shown to others instead of `id`, for example in comments" }),
    /**
     * Public handle in the URLs of the user's posts. It requires a name and cannot be changed, so that the URLs stay
     * valid.
     */
    handle: Handle.nullable(),
    bio: Bio,
    commentEmails: z.boolean().meta({ description: "Whether the user gets emails about new comments on their posts" }),
    // #endregion blog
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "User" });
export type User = z.output<typeof User>;

/**
 * Merge patch of a profile (RFC 7396); null removes a member. The email belongs to the account and cannot be changed
 * here.
 */
export const UserUpdate = z
  .strictObject({
    ...User.pick({ name: true, avatarId: true }).partial().shape,
    // #region blog
    commentEmails: User.shape.commentEmails.optional(),
    bio: Bio.nullable().optional(),
    handle: Handle.optional(),
    // #endregion blog
  })
  .meta({ id: "UserUpdate" });
export type UserUpdate = z.output<typeof UserUpdate>;
