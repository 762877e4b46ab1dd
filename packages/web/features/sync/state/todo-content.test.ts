import { expect, it } from "vitest";
import { type Content, given, type Rules, rules } from "./todo-content.ts";

/** A todo with a member that has no rule. */
type Grown = Content & { readonly estimateMinutes: number | null };

it("does not compile when a todo member has no rule", () => {
  // @ts-expect-error estimateMinutes has no rule
  const incomplete: Rules<Grown> = rules;
  const complete: Rules<Grown> = { ...rules, estimateMinutes: { initial: null, conflict: "ask" } };
  expect(Object.keys(complete)).toEqual([...Object.keys(incomplete), "estimateMinutes"]);
});

it("sends only members that differ from the API's defaults", () => {
  const plain: Content = {
    ...{ title: "Milk", notes: "", completed: false, order: 1, dueDate: null, priority: "none", tags: [] },
  };
  expect(given(plain)).toEqual({ title: "Milk", order: 1 });
  const full: Content = {
    ...{ title: "Milk", notes: "Oat", completed: true, order: 1, dueDate: "2026-12-24", priority: "low", tags: ["a"] },
  };
  expect(given(full)).toEqual(full);
});
