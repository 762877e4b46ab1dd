import * as z from "zod";
import { Bio, Handle } from "../author/author.ts";
import { MediaId, ReaderId, UserId } from "../ids.ts";
import { Picture } from "../media/media.ts";
import { line } from "../text.ts";

export const User = z
  .object({
    id: UserId,
    readerId: ReaderId.meta({ description: "Public id, shown to others instead of `id`, for example in comments" }),
    url: z.url(),
    email: z.email(),
    /** Display name; 1 to 100 characters after trimming. */
    name: line({ min: 1, max: 100 }).nullable().meta({ example: "Ada" }),
    /**
     * Public handle in the URLs of the user's posts. It requires a name and cannot be changed, so that the URLs stay
     * valid.
     */
    handle: Handle.nullable(),
    bio: Bio,
    avatarId: MediaId.nullable().meta({ description: "Id of an upload of this user", example: null }),
    avatar: Picture.nullable(),
    commentEmails: z.boolean().meta({ description: "Whether the user gets emails about new comments on their posts" }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "User" });
export type User = z.output<typeof User>;

/**
 * Merge patch of a profile (RFC 7396); null removes the name, the bio or the avatar. The email belongs to the account
 * and cannot be changed here.
 */
export const UserUpdate = z
  .strictObject({
    ...User.pick({ name: true, avatarId: true, commentEmails: true }).partial().shape,
    bio: Bio.nullable().optional(),
    handle: Handle.optional(),
  })
  .meta({ id: "UserUpdate" });
export type UserUpdate = z.output<typeof UserUpdate>;
