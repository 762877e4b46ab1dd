import type { TodoUpdate } from "@daybook/core/todo/todo";
import * as v from "valibot";

/**
 * Members that the user can set: exactly those that the API can update. A missing member does not compile. Example: a
 * new `estimateMinutes` in the API requires an entry here.
 */
const members = {
  title: v.string(),
  notes: v.string(),
  completed: v.boolean(),
  order: v.number(),
  dueDate: v.nullable(v.string()),
  priority: v.picklist(["none", "low", "medium", "high"]),
  tags: v.array(v.string()),
} satisfies { readonly [Member in keyof Required<TodoUpdate>]: v.GenericSchema<unknown, TodoUpdate[Member]> };

export const Content = v.object(members);
export type Content = v.InferOutput<typeof Content>;
export type Member = keyof Content;

/** How a member is saved. */
interface Rule<Value> {
  /**
   * The API's default for a new todo, such as "" for notes. Undefined if the member is always sent, such as the title.
   */
  readonly initial?: Value;
  /**
   * When two clients change the member differently: `ask` the user, or let the `last` write win. Example: title asks,
   * completed does not.
   */
  readonly conflict: "ask" | "last";
}

/** Requires a rule for each member. A missing rule does not compile. */
export type Rules<Of> = { readonly [Name in keyof Of]-?: Rule<Of[Name]> };

export const rules = {
  title: { conflict: "ask" },
  notes: { initial: "", conflict: "ask" },
  completed: { initial: false, conflict: "last" },
  order: { conflict: "last" },
  dueDate: { initial: null, conflict: "ask" },
  priority: { initial: "none", conflict: "ask" },
  tags: { initial: [], conflict: "ask" },
} satisfies Rules<Content>;

type Asked = { [Name in Member]: (typeof rules)[Name]["conflict"] extends "ask" ? Name : never }[Member];

const names: readonly Member[] = v.keyof(Content).options;

/** Members whose conflicts the user resolves. Example: `title` is one, `order` is not. */
export const askedMembers: readonly Asked[] = names.filter((name): name is Asked => rules[name].conflict === "ask");
export type { Asked };

/** Whether two values of a member are the same. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const initialOf = (name: Member): unknown => {
  const rule: Rule<unknown> = rules[name];
  return rule.initial;
};

/**
 * Returns the members that differ from the API's defaults. Example: title "Milk", notes "" and priority "low" give
 * title and priority, besides `order`.
 */
export const given = (content: Content): Partial<Content> =>
  Object.fromEntries(
    names.filter((name) => !isSame(content[name], initialOf(name))).map((name) => [name, content[name]]),
  );

/** Picks the content members of a larger object, such as a todo. */
export const contentOf = ({ title, notes, completed, order, dueDate, priority, tags }: Content): Content => ({
  ...{ title, notes, completed, order, dueDate, priority, tags },
});
