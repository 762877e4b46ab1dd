import { describe, expect, it } from "vitest";
import type { ShownTodo } from "../use-todos.ts";
import { leavingOf, rowsOf } from "./leaving-rows.ts";

const todo = (key: string, order = 0): ShownTodo => ({
  key,
  title: key,
  completed: false,
  notes: "",
  dueDate: null,
  priority: "none",
  tags: [],
  order,
  state: "saved",
});
const listOf = (keys: string) => [...keys].map((key) => todo(key));
const shown = (now: string, leaving: ReturnType<typeof leavingOf>) =>
  rowsOf(listOf(now), leaving)
    .map((row) => (row.leaving ? row.todo.key.toUpperCase() : row.todo.key))
    .join("");

describe("rows that leave a list", () => {
  it.each([
    ["abc", "ac", "aBc"],
    ["abc", "bc", "Abc"],
    ["abcd", "ad", "aBCd"],
    ["ab", "", "AB"],
    ["abc", "cab", "cab"],
    ["ab", "abc", "abc"],
  ])("when %s becomes %s, show %s", (before, now, rows) => {
    expect(shown(now, leavingOf(listOf(before), listOf(now)))).toBe(rows);
  });

  it("leave one by one, each in its place", () => {
    const first = leavingOf(listOf("abc"), listOf("ac"));
    expect(shown("a", leavingOf(listOf("ac"), listOf("a"), first)).toLowerCase()).toContain("b");
  });

  it("return at once when the removal is undone", () => {
    const leaving = leavingOf(listOf("abc"), listOf("ac"));
    expect(leavingOf(listOf("ac"), listOf("abc"), leaving)).toEqual([]);
  });

  it("disappear without an animation if there are many", () => {
    expect(leavingOf(listOf("abcdefghijklmnop"), [])).toEqual([]);
  });
});
