import { ListId, TodoId } from "@daybook/core/ids";
import type { Todo } from "@daybook/core/todo/todo";
import { describe, expect, it } from "vitest";
import { applyChanges, type Change, confirmChange, contentOf, leftInWords, withKeys } from "./todo-list.ts";

const listId = ListId.parse("lst_01J00000000000000000000000");

function todo(number: number, title: string, more: Partial<Todo> = {}): Todo {
  const id = TodoId.parse(`tod_01J${String(number).padStart(23, "0")}`);
  const at = "2026-11-21T09:00:00Z";
  return {
    id,
    url: `http://localhost/v1/lists/${listId}/todos/${id}`,
    listId,
    title,
    notes: "",
    completed: false,
    completedAt: null,
    order: number,
    dueDate: null,
    priority: "none",
    tags: [],
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...more,
  };
}

const milk = todo(1, "Buy milk");
const bread = todo(2, "Bake bread");
const items = withKeys([milk, bread]);
const titles = (changes: Change[], list = items) => applyChanges(list, changes).map(({ title }) => title);

describe("the list as it is shown", () => {
  it("is in the todos' order, whatever the order of their arrival", () => {
    expect(titles([], withKeys([bread, milk]))).toEqual(["Buy milk", "Bake bread"]);
  });

  it("has new todos at its end, in the order in which they were added", () => {
    const changes: Change[] = [
      { type: "create", key: "a", title: "Call Ada" },
      { type: "create", key: "b", title: "Write Bob" },
    ];
    expect(titles(changes)).toEqual(["Buy milk", "Bake bread", "Call Ada", "Write Bob"]);
  });

  it("shows changes of a todo that the server does not know yet", () => {
    const changes: Change[] = [
      { type: "create", key: "a", title: "Call Ada" },
      { type: "complete", key: "a", completed: true },
      { type: "rename", key: "a", title: "Call Grace", base: "Call Ada" },
    ];
    expect(applyChanges(items, changes).at(-1)).toMatchObject({ key: "a", title: "Call Grace", completed: true });
  });

  it("is the server's again when a change falls out", () => {
    const complete: Change = { type: "complete", key: milk.id, completed: true };
    expect(applyChanges(items, [complete])[0]?.completed).toBe(true);
    expect(applyChanges(items, [])[0]?.completed).toBe(false);
  });

  it("has a deleted todo back in its place", () => {
    const changes: Change[] = [{ type: "delete", key: milk.id, title: milk.title }];
    expect(titles(changes)).toEqual(["Bake bread"]);
    changes.push({ type: "restore", key: "again", content: contentOf({ ...milk, key: milk.id }, undefined) });
    expect(titles(changes)).toEqual(["Buy milk", "Bake bread"]);
  });

  it("shows a change that the server has already taken only once", () => {
    const create: Change = { type: "create", key: "a", title: "Call Ada" };
    const taken = confirmChange(items, "a", todo(3, "Call Ada"));
    expect(titles([create], taken)).toEqual(["Buy milk", "Bake bread", "Call Ada"]);
  });
});

describe("an answer of the server", () => {
  it("takes the place of what was shown, under the same key", () => {
    const confirmed = confirmChange(items, "a", todo(3, "Call Ada"));
    expect(confirmed.at(-1)).toMatchObject({ key: "a", id: todo(3, "").id });
  });

  it("that comes after the list was fetched anew does not double the todo", () => {
    const fetched = withKeys([milk, bread, todo(3, "Call Ada")]);
    expect(confirmChange(fetched, "a", todo(3, "Call Ada"))).toHaveLength(3);
  });

  it("takes a deleted todo out", () => {
    expect(confirmChange(items, milk.id, undefined).map(({ title }) => title)).toEqual(["Bake bread"]);
  });

  it("keeps the keys of todos when the list is fetched anew", () => {
    const confirmed = confirmChange(items, "a", todo(3, "Call Ada"));
    const fetched = withKeys([milk, bread, todo(3, "Call Ada"), todo(4, "New elsewhere")], confirmed);
    expect(fetched.map(({ key }) => key)).toEqual([milk.id, bread.id, "a", todo(4, "").id]);
  });
});

describe("what an undo brings back", () => {
  it("is all that the person had put in, as it was shown last", () => {
    const known = { ...todo(1, "Buy milk", { notes: "Oat", tags: ["shop"], dueDate: "2026-12-01" }), key: "k" };
    expect(contentOf({ ...known, completed: true }, known)).toEqual({
      title: "Buy milk",
      completed: true,
      order: 1,
      notes: "Oat",
      tags: ["shop"],
      dueDate: "2026-12-01",
      priority: "none",
    });
  });
});

describe("how many are left", () => {
  it.each([
    [0, "0 items left"],
    [1, "1 item left"],
    [2, "2 items left"],
  ])("%i open todos are said as %s", (open, words) => {
    const list = [milk, bread].map((entry, place) => ({ ...entry, key: entry.id, completed: place >= open }));
    expect(leftInWords(list)).toBe(words);
  });
});
