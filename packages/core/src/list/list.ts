import * as z from "zod";
import { ListId } from "../ids.ts";
import { line } from "../text.ts";
import { nameLength } from "./list.limits.ts";

export const ListName = line(nameLength).meta({ example: "Groceries" });

export const List = z
  .object({
    id: ListId,
    url: z.url(),
    /** Every user has one inbox, which is created with the account. */
    kind: z.enum(["inbox", "list"]),
    name: ListName,
    openTodos: z.int().nonnegative().meta({
      description: "Number of open todos. Updated about a second after they change",
      example: 3,
    }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "List" });
export type List = z.output<typeof List>;

export const ListCreate = z.strictObject(List.pick({ name: true }).shape).meta({ id: "ListCreate" });
export type ListCreate = z.output<typeof ListCreate>;

/** A merge patch (RFC 7396). */
export const ListUpdate = z.strictObject(List.pick({ name: true }).partial().shape).meta({ id: "ListUpdate" });
export type ListUpdate = z.output<typeof ListUpdate>;
