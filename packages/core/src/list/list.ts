import * as z from "zod";
import { ListId } from "../ids.ts";

export const ListName = z.string().trim().min(1).max(100).meta({ example: "Groceries" });

export const List = z
  .object({
    id: ListId,
    url: z.url(),
    /** Every user has one inbox, made with the account. */
    kind: z.enum(["inbox", "list"]),
    name: ListName,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "List" });
export type List = z.output<typeof List>;
