import * as z from "zod";
import { UserId } from "../ids.ts";

export const User = z
  .object({
    id: UserId,
    url: z.url(),
    email: z.email(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "User" });
export type User = z.output<typeof User>;
