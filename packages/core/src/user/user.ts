import * as z from "zod";
import { UserId } from "../ids.ts";
import { text } from "../text.ts";

export const User = z
  .object({
    id: UserId,
    url: z.url(),
    email: z.email(),
    /** How the user wants to be called; 1 to 100 characters, white space around it apart. */
    name: z
      .string()
      .trim()
      .pipe(text({ min: 1, max: 100 }))
      .nullable()
      .meta({ example: "Ada" }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "User" });
export type User = z.output<typeof User>;

/** A merge patch (RFC 7396): null removes a name. The address belongs to the account and is not changed here. */
export const UserUpdate = z.strictObject(User.pick({ name: true }).partial().shape).meta({ id: "UserUpdate" });
export type UserUpdate = z.output<typeof UserUpdate>;
