import type { TodoUpdate } from "@daybook/core/todo/todo";
import * as v from "valibot";

/** What a person puts into a todo: exactly what the API lets them set. A member of the API that is missing here does not compile. */
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

/** How saving treats a member. */
interface Rule<Value> {
  /** What the API gives a new todo without it; nothing if it is always sent. */
  readonly initial?: Value;
  /** When two people change it differently: `ask` the person, or let the `last` change win. */
  readonly conflict: "ask" | "last";
}

/** A rule for each member: one that has none does not compile. */
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

const names: readonly Member[] = v.parse(v.array(v.keyof(Content)), Object.keys(rules));

/** The members that the person is asked about when somebody else has changed them, too. */
export const askedMembers: readonly Asked[] = names.filter((name): name is Asked => rules[name].conflict === "ask");
export type { Asked };

/** Whether two values of a member are the same. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const initialOf = (name: Member): unknown => {
  const rule: Rule<unknown> = rules[name];
  return rule.initial;
};

/** What a new todo is made from: all members that are not what they would be anyway. */
export const given = (content: Content): Partial<Content> =>
  Object.fromEntries(
    names.filter((name) => !isSame(content[name], initialOf(name))).map((name) => [name, content[name]]),
  );

/** The content of something that has more to it. */
export const contentOf = ({ title, notes, completed, order, dueDate, priority, tags }: Content): Content => ({
  ...{ title, notes, completed, order, dueDate, priority, tags },
});
