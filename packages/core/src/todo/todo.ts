import * as z from "zod";
import { Day } from "../date/date.ts";
import { ListId, TodoId } from "../ids.ts";
import { text } from "../text.ts";
import { notesLength, titleLength } from "./todo.limits.ts";

export const TodoTitle = z.string().trim().pipe(text(titleLength)).meta({ example: "Buy milk" });
const Notes = text(notesLength).meta({ example: "Oat, if there is some" });
/** A todo's place in its list: lower comes first. The bounds are those of exact integers and of DynamoDB's smallest number. */
export const TodoOrder = z
  .number()
  .min(Number.MIN_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER)
  .refine((order) => order === 0 || Math.abs(order) >= 1e-100, "Too close to zero")
  .meta({ example: 1_795_251_600_000 });
const Tag = z.string().trim().min(1).max(50).meta({ example: "shopping" });

/** A todo as the API shows it. Times are UTC; `dueDate` is a day in the user's own calendar. */
export const Todo = z
  .object({
    id: TodoId,
    url: z.url(),
    listId: ListId,
    title: TodoTitle,
    notes: Notes,
    completed: z.boolean(),
    completedAt: z.iso.datetime().nullable().meta({ example: null }),
    order: TodoOrder,
    dueDate: z.iso.date().nullable(),
    priority: z.enum(["none", "low", "medium", "high"]),
    tags: z.array(Tag).max(20),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int().positive(),
  })
  .meta({ id: "Todo" });
export type Todo = z.output<typeof Todo>;

/** Todos stored before the range of days existed are still readable: only writes are checked for it. */
const writable = Todo.pick({
  title: true,
  notes: true,
  completed: true,
  order: true,
  priority: true,
  tags: true,
}).extend({ dueDate: Day.nullable() });

/** A new todo needs a title; without `order` it goes to the end of its list. */
export const TodoCreate = z.strictObject({ ...writable.partial().shape, title: TodoTitle }).meta({ id: "TodoCreate" });
export type TodoCreate = z.output<typeof TodoCreate>;

/** A merge patch (RFC 7396); `null` clears the due date. */
export const TodoUpdate = z.strictObject(writable.partial().shape).meta({ id: "TodoUpdate" });
export type TodoUpdate = z.output<typeof TodoUpdate>;

/** What can be changed in all todos of a list at once. */
export const TodosUpdate = z.strictObject(Todo.pick({ completed: true }).shape).meta({ id: "TodosUpdate" });
export type TodosUpdate = z.output<typeof TodosUpdate>;

/** Which todos of a list are deleted: all, or only those that are completed. */
export const TodosDelete = z.strictObject({
  completed: z.literal("true").optional().meta({ description: "Delete only completed todos" }),
});
