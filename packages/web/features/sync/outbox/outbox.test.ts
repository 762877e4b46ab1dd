import { beforeEach, describe, expect, it } from "vitest";
import * as todos from "../../todo/todo-changes.ts";
import { shownTodosOf } from "../state/optimistic-state.ts";
import { TestApi } from "../testing/test-api.ts";
import { TestPerson } from "../testing/test-person.ts";
import { clearRetryDelays } from "./outbox.ts";

let api: TestApi;
let ada: TestPerson;
beforeEach(async () => {
  api = new TestApi();
  ada = await TestPerson.sitDown(api);
});

const server = () => [...api.todos.values()].map(({ title }) => title);

describe("a new todo", () => {
  it("is shown before it is sent, with a mark until the server has it", async () => {
    ada.add("Buy milk");
    expect([ada.titles(), ada.marks(), server()]).toEqual([["Buy milk"], ["saving"], []]);
    await ada.settleDown();
    expect([ada.titles(), ada.marks(), server()]).toEqual([["Buy milk"], ["saved"], ["Buy milk"]]);
  });

  it("keeps its key when it gets an id, so that what is shown of it stays in place", async () => {
    const key = ada.add("Buy milk");
    await ada.settleDown();
    expect(shownTodosOf(ada.state, ada.inbox)).toMatchObject([{ key, id: [...api.todos.keys()][0] }]);
  });

  it("is made once, however often its answer gets lost", async () => {
    ada.add("Buy milk");
    api.fate = () => "unanswered";
    for (let i = 0; i < 3; i += 1) {
      await ada.sendNext();
      ada.receive();
      ada.update(clearRetryDelays);
    }
    expect(ada.marks()).toEqual(["saving"]);
    api.fate = () => "answered";
    await ada.settleDown();
    expect([ada.titles(), server()]).toEqual([["Buy milk"], ["Buy milk"]]);
  });

  it("is recognised when a list is read before its answer comes", async () => {
    ada.add("Buy milk");
    api.fate = () => "unanswered";
    await ada.sendNext();
    ada.reload();
    api.fate = () => "answered";
    await ada.look();
    ada.hear();
    expect([ada.titles(), ada.marks(), ada.state.outbox]).toEqual([["Buy milk"], ["saved"], []]);
  });

  it("is only sent again after a day when the list tells that it is not there", async () => {
    ada.add("Buy milk");
    api.fate = () => "lost";
    await ada.sendNext();
    ada.receive();
    api.fate = () => "answered";
    ada.now += 24 * 60 * 60 * 1000;
    expect(await ada.sendNext()).toBe(false);
    await ada.look();
    ada.hear();
    expect(await ada.sendNext()).toBe(true);
    expect(server()).toEqual(["Buy milk"]);
  });

  it("of a list that is new waits for the list, and no other todo waits for it", async () => {
    const list = crypto.randomUUID();
    ada.do([{ type: "create-list", key: list, name: "Groceries" }]);
    ada.add("Bread", list);
    ada.add("Call Ada");
    api.fate = () => "refused";
    await ada.sendNext();
    ada.receive();
    api.fate = () => "answered";
    await ada.sendNext();
    expect([server(), await ada.sendNext()]).toEqual([["Call Ada"], false]);
    await ada.settleDown();
    expect(server()).toEqual(["Call Ada", "Bread"]);
  });

  it("that was edited and deleted before anything was sent is never sent", async () => {
    const key = ada.add("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    ada.remove(key);
    await ada.settleDown();
    expect(api.log.filter((operation) => operation.endsWith("Todo"))).toEqual([]);
  });

  it("that was edited before it was sent is sent as it is then", async () => {
    const key = ada.add("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    ada.edit(key, { completed: true });
    await ada.settleDown();
    expect(api.log.filter((operation) => operation.endsWith("Todo"))).toEqual(["createTodo"]);
    expect([...api.todos.values()]).toMatchObject([{ title: "Buy oats", completed: true }]);
  });
});

describe("a change while nothing answers", () => {
  it("is marked as waiting, and so is everything else", async () => {
    await ada.save("Buy milk");
    api.fate = () => "lost";
    ada.add("Bake bread");
    await ada.sendNext();
    ada.receive();
    ada.add("Call Ada");
    expect(ada.marks()).toEqual(["saved", "waiting", "waiting"]);
    expect(await ada.sendNext()).toBe(false);
  });

  it("is tried again after a second, then ever more seldom, up to a minute", async () => {
    api.fate = () => "lost";
    ada.add("Buy milk");
    const waits: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      await ada.sendNext();
      ada.receive();
      const until = ada.state.pause?.until ?? 0;
      waits.push(until - ada.now);
      ada.now = until;
    }
    expect(waits).toEqual([875, 1750, 3500, 7000, 14_000, 28_000, 52_500, 52_500, 52_500]);
  });
});

describe("a removal", () => {
  it("is shown at once, and sent only when it cannot be taken back any more", async () => {
    const { key } = await ada.save("Buy milk");
    ada.remove(key, 10_000);
    expect([ada.titles(), await ada.sendNext()]).toEqual([[], false]);
    ada.reload();
    expect(ada.titles()).toEqual([]);
    ada.now += 10_000;
    await ada.settleDown();
    expect(server()).toEqual([]);
  });

  it("that is taken back in time never happened", async () => {
    const { key } = await ada.save("Buy milk");
    ada.remove(key, 10_000);
    ada.undo();
    expect([ada.titles(), ada.state.outbox]).toEqual([["Buy milk"], []]);
  });

  it("that was sent already is made good by a new todo", async () => {
    const { key } = await ada.save("Buy milk");
    ada.edit(key, { notes: "Oat" });
    ada.remove(key, 1000);
    ada.now += 1000;
    await ada.settleDown();
    ada.undo();
    await ada.settleDown();
    expect([...api.todos.values()]).toMatchObject([{ title: "Buy milk", notes: "Oat" }]);
  });

  it("asks when the todo says something else by now", async () => {
    const { key, id } = await ada.save("Buy milk");
    ada.remove(key, 1000);
    api.change(id, { title: "Buy beer" });
    ada.now += 1000;
    await ada.settleDown();
    expect([server(), ada.problems()]).toMatchObject([["Buy beer"], [{ kind: "conflict", theirs: "Buy beer" }]]);
    ada.choose("Delete anyway");
    await ada.settleDown();
    expect(server()).toEqual([]);
  });
});

describe("a change of all todos", () => {
  const count = (operation: string) => api.log.filter((entry) => entry === operation).length;

  it("is one request, if the server's list is the one that the person saw", async () => {
    for (const title of ["a", "b", "c"]) await ada.save(title);
    ada.do(todos.toCompleteAll(ada.state, ada.inbox, true));
    await ada.settleDown();
    expect([count("updateTodos"), count("updateTodo")]).toEqual([1, 0]);
    ada.do(todos.toClearCompleted(ada.state, ada.inbox), 1000);
    await ada.look();
    ada.hear();
    ada.now += 1000;
    await ada.settleDown();
    expect([count("deleteTodos"), count("deleteTodo"), server()]).toEqual([1, 0, []]);
  });

  it("leaves alone what is completed while it is held", async () => {
    const keys: string[] = [];
    for (const title of ["a", "b", "c"]) keys.push((await ada.save(title)).key);
    for (const key of keys.slice(0, 2)) ada.edit(key, { completed: true });
    await ada.settleDown();
    ada.do(todos.toClearCompleted(ada.state, ada.inbox), 10_000);
    ada.edit(keys[2] ?? "", { completed: true });
    await ada.settleDown();
    ada.now += 10_000;
    await ada.settleDown();
    expect([server(), count("deleteTodos")]).toEqual([["c"], 0]);
  });

  it("does not hold against a change of mind while the server is still at it", async () => {
    const { key } = await ada.save("a");
    await ada.save("b");
    api.isSlow = true;
    ada.do(todos.toCompleteAll(ada.state, ada.inbox, true));
    await ada.settleDown();
    api.isSlow = false;
    ada.edit(key, { completed: false });
    await ada.settleDown();
    expect(shownTodosOf(ada.state, ada.inbox)?.map(({ completed }) => completed)).toEqual([false, true]);
  });

  it("stays as it is shown while the server is still at it", async () => {
    for (const title of ["a", "b"]) await ada.save(title);
    api.isSlow = true;
    ada.do(todos.toCompleteAll(ada.state, ada.inbox, true));
    await ada.settleDown();
    await ada.look();
    ada.hear();
    const done = () => shownTodosOf(ada.state, ada.inbox)?.map(({ completed, state }) => [completed, state]);
    expect(done()).toEqual([
      [true, "saved"],
      [true, "saved"],
    ]);
    for (const { id } of api.todos.values()) api.change(id, { completed: true });
    await ada.look();
    ada.hear();
    expect([done(), ada.state.outbox]).toEqual([
      [
        [true, "saved"],
        [true, "saved"],
      ],
      [],
    ]);
  });
});
