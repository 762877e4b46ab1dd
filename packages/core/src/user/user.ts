import * as z from "zod";
import { Bio, Handle } from "../author/author.ts";
import { MediaId, ReaderId, UserId } from "../ids.ts";
import { Picture } from "../media/media.ts";
import { text } from "../text.ts";

export const User = z
  .object({
    id: UserId,
    readerId: ReaderId.meta({ description: "Public id, shown to others instead of `id`, for example in comments" }),
    url: z.url(),
    email: z.email(),
    /** How the user wants to be called; 1 to 100 characters, white space around it apart. */
    name: z
      .string()
      .trim()
      .pipe(text({ min: 1, max: 100 }))
      .nullable()
      .meta({ example: "Ada" }),
    /** What the user's posts are found under. It is chosen once, for addresses that stay; it needs a name. */
    handle: Handle.nullable(),
    bio: Bio,
    avatarId: MediaId.nullable().meta({ description: "Id of an upload of this user", example: null }),
    avatar: Picture.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "User" });
export type User = z.output<typeof User>;

/** A merge patch (RFC 7396): null removes a name or an avatar. The email belongs to the account and is not changed here. */
export const UserUpdate = z
  .strictObject({ ...User.pick({ name: true, bio: true, avatarId: true }).partial().shape, handle: Handle.optional() })
  .meta({ id: "UserUpdate" });
export type UserUpdate = z.output<typeof UserUpdate>;
