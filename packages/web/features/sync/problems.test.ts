import { beforeEach, describe, expect, it } from "vitest";
import * as todos from "../todo/todo-changes.ts";
import { shownListsOf } from "./state/optimistic-state.ts";
import { TestApi } from "./testing/test-api.ts";
import { TestPerson } from "./testing/test-person.ts";

let api: TestApi;
let ada: TestPerson;
beforeEach(async () => {
  api = new TestApi();
  ada = await TestPerson.sitDown(api);
});

const server = () => [...api.todos.values()].map(({ title }) => title);

describe("a title that was changed elsewhere", () => {
  it('is a conflict, and "Keep theirs" takes the server\'s title', async () => {
    const { key, id } = await ada.save("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    api.change(id, { title: "Buy beer" });
    await ada.settleDown();
    expect(server()).toEqual(["Buy beer"]);
    expect(ada.problems()).toMatchObject([{ kind: "conflict", key, mine: "Buy oats", theirs: "Buy beer" }]);
    expect([ada.titles(), ada.marks()]).toEqual([["Buy oats"], ["waiting"]]);
    ada.choose("Keep theirs");
    expect([ada.titles(), ada.problems()]).toEqual([["Buy beer"], []]);
    await ada.settleDown();
    expect(server()).toEqual(["Buy beer"]);
  });

  it('is overwritten after "Keep mine"', async () => {
    const { key, id } = await ada.save("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    api.change(id, { title: "Buy beer" });
    await ada.settleDown();
    ada.choose("Keep mine");
    await ada.settleDown();
    expect([server(), ada.problems()]).toEqual([["Buy oats"], []]);
  });

  it("is no conflict if both titles agree or another member changed", async () => {
    const { key, id } = await ada.save("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    api.change(id, { completed: true, notes: "Oat, if there is some" });
    await ada.settleDown();
    expect([...api.todos.values()]).toMatchObject(
      [{ title: "Buy oats", completed: true, notes: /^Oat/ }].map(({ notes: _, ...rest }) => rest),
    );
    ada.edit(key, { title: "Buy rye" });
    api.change(id, { title: "Buy rye" });
    await ada.settleDown();
    expect([server(), ada.problems()]).toEqual([["Buy rye"], []]);
  });

  it("is a conflict even if it was fetched while the user typed", async () => {
    const { key, id } = await ada.save("Buy milk");
    api.change(id, { title: "Buy beer" });
    await ada.look();
    ada.hear();
    ada.do(todos.toEdit(ada.state, ada.inbox, key, { title: "Buy oats" }, { seen: { title: "Buy milk" } }));
    await ada.settleDown();
    expect([server(), ada.problems()]).toMatchObject([["Buy beer"], [{ mine: "Buy oats", theirs: "Buy beer" }]]);
  });

  it("needs one decision for several edits of the title", async () => {
    const { key, id } = await ada.save("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    api.change(id, { title: "Buy beer" });
    await ada.settleDown();
    ada.edit(key, { title: "Buy rye" });
    await ada.settleDown();
    expect(ada.problems()).toHaveLength(1);
    ada.choose("Keep mine");
    await ada.settleDown();
    expect([server(), ada.problems()]).toEqual([["Buy rye"], []]);
  });
});

describe("a todo that was deleted elsewhere", () => {
  it("can be added again with the user's edit", async () => {
    const { key, id } = await ada.save("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    api.todos.delete(id);
    await ada.settleDown();
    expect(ada.problems()).toMatchObject([{ kind: "missing" }]);
    ada.choose("Add it again");
    await ada.settleDown();
    expect([server(), ada.titles(), ada.problems()]).toEqual([["Buy oats"], ["Buy oats"], []]);
  });

  it("can be added to the inbox if its list was deleted, too", async () => {
    const list = api.addList("Groceries");
    const todo = api.addTodo(list.id, { title: "Bread" });
    ada = await TestPerson.sitDown(api);
    ada.do(todos.toEdit(ada.state, list.id, todo.id, { notes: "Rye" }));
    api.lists.delete(list.id);
    api.todos.clear();
    await ada.settleDown();
    await ada.look();
    ada.hear();
    ada.choose("Add it to the inbox");
    await ada.settleDown();
    expect([...api.todos.values()]).toMatchObject([{ title: "Bread", notes: "Rye" }]);
  });

  it("is removed without a problem if the user deleted it, too", async () => {
    const { key, id } = await ada.save("Buy milk");
    ada.remove(key);
    api.todos.delete(id);
    await ada.settleDown();
    expect([ada.titles(), ada.problems()]).toEqual([[], []]);
  });
});

describe("lists", () => {
  it("count open todos including pending changes", async () => {
    const { key } = await ada.save("Buy milk");
    ada.add("Bake bread");
    ada.edit(key, { completed: true });
    expect(shownListsOf(ada.state)).toMatchObject([{ kind: "inbox", openTodos: 1 }]);
  });

  it("use the server's count if it is newer than the todos", async () => {
    const list = api.addList("Groceries");
    await ada.look();
    ada.hear();
    ada.now += 10 * 60_000;
    api.lists.set(list.id, { ...list, openTodos: 7, version: 2 });
    const { todos } = ada.state;
    await ada.look();
    ada.hear();
    ada.update((state) => ({ ...state, todos }));
    ada.add("Bread", list.id);
    expect(shownListsOf(ada.state)?.[1]).toMatchObject({ name: "Groceries", openTodos: 8 });
  });

  it("take their pending todo changes with them when removed", async () => {
    const key = crypto.randomUUID();
    ada.do([{ type: "create-list", key, name: "Groceries" }]);
    await ada.settleDown();
    ada.add("Bread", key);
    ada.do([{ type: "remove-list", key, name: "Groceries" }]);
    await ada.settleDown();
    expect([api.lists.size, server(), ada.state.outbox]).toEqual([1, [], []]);
  });

  it("report a conflict when the name was changed elsewhere", async () => {
    const list = api.addList("Groceries");
    ada = await TestPerson.sitDown(api);
    ada.do([{ type: "rename-list", key: list.id, name: "Food", base: "Groceries" }]);
    api.lists.set(list.id, { ...list, name: "Shop", version: 2 });
    await ada.settleDown();
    expect(ada.problems()).toMatchObject([{ kind: "conflict", mine: "Food", theirs: "Shop" }]);
    ada.choose("Keep mine");
    await ada.settleDown();
    expect(api.lists.get(list.id)?.name).toBe("Food");
  });
});
