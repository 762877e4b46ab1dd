import * as z from "zod";
import { Day } from "../date/date.ts";
import { ListId, TodoId } from "../ids.ts";
import { line, lines } from "../text.ts";
import { notesLength, tagLength, titleLength } from "./todo.limits.ts";

export const TodoTitle = line(titleLength).meta({ example: "Buy milk" });
const Notes = lines(notesLength).meta({ example: "Oat, if there is some" });
/**
 * Position of a todo in its list; lower comes first. The bounds are those of exact integers and of DynamoDB's smallest
 * number.
 */
export const TodoOrder = z
  .number()
  .min(Number.MIN_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER)
  .refine((order) => order === 0 || Math.abs(order) >= 1e-100, "Too close to zero")
  .meta({ example: 1_795_251_600_000 });
const Tag = line(tagLength).meta({ example: "shopping" });

/** A todo in the API. Times are in UTC. `dueDate` is a day in the user's calendar. */
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

/**
 * The fields that a client may write. Only writes check the range of days, so todos stored before that rule stay
 * readable.
 */
const writable = Todo.pick({
  title: true,
  notes: true,
  completed: true,
  order: true,
  priority: true,
  tags: true,
}).extend({ dueDate: Day.nullable() });

/** Input for a new todo. Only the title is required. Without `order`, the todo goes to the end of its list. */
export const TodoCreate = z.strictObject({ ...writable.partial().shape, title: TodoTitle }).meta({ id: "TodoCreate" });
export type TodoCreate = z.output<typeof TodoCreate>;

/** Merge patch of a todo (RFC 7396). `null` clears the due date, the notes and the tags. */
export const TodoUpdate = z
  .strictObject(
    writable.extend({ notes: writable.shape.notes.nullable(), tags: writable.shape.tags.nullable() }).partial().shape,
  )
  .meta({ id: "TodoUpdate" });
export type TodoUpdate = z.output<typeof TodoUpdate>;

/**
 * Values of the members that a new todo is created without. Todos that were stored before a member was added have its
 * default, too. Title and order have none.
 */
export const TodoDefaults = z.object({
  notes: Todo.shape.notes.default(""),
  completed: Todo.shape.completed.default(false),
  dueDate: Todo.shape.dueDate.default(null),
  priority: Todo.shape.priority.default("none"),
  tags: Todo.shape.tags.default([]),
});

/** The defaults as a new todo has them. */
export const todoDefaults = TodoDefaults.parse({});

/** Fields that can be changed in all todos of a list at once. */
export const TodosUpdate = z.strictObject(Todo.pick({ completed: true }).shape).meta({ id: "TodosUpdate" });
export type TodosUpdate = z.output<typeof TodosUpdate>;

/** Query that selects which todos of a list are deleted: all, or only the completed ones. */
export const TodosDelete = z.strictObject({
  completed: z.literal("true").optional().meta({ description: "Delete only completed todos" }),
});
