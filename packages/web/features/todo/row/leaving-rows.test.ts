import { describe, expect, it } from "vitest";
import type { ShownTodo } from "../use-todos.ts";
import { rowsOf } from "./leaving-rows.ts";

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
/** The rows after each change of the list, such as "abc" and then "ac". Leaving rows are in upper case. */
const shown = (...lists: string[]) =>
  lists
    .reduce<ReturnType<typeof rowsOf>>((rows, keys) => rowsOf(listOf(keys), rows), [])
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
    expect(shown(before, now)).toBe(rows);
  });

  it("leave one by one, each in its place", () => {
    expect(shown("abc", "ac", "a")).toBe("aBC");
  });

  it("return at once when the removal is undone", () => {
    expect(shown("abc", "ac", "abc")).toBe("abc");
  });

  it("disappear without an animation if there are many", () => {
    expect(shown("abcdefghijklmnop", "")).toBe("");
  });
});
