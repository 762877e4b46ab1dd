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

describe("creating a todo", () => {
  it("shows the todo as saving until the server has it", async () => {
    ada.add("Buy milk");
    expect([ada.titles(), ada.marks(), server()]).toEqual([["Buy milk"], ["saving"], []]);
    await ada.settleDown();
    expect([ada.titles(), ada.marks(), server()]).toEqual([["Buy milk"], ["saved"], ["Buy milk"]]);
  });

  it("keeps the key of the todo when it gets an id", async () => {
    const key = ada.add("Buy milk");
    await ada.settleDown();
    expect(shownTodosOf(ada.state, ada.inbox)).toMatchObject([{ key, id: [...api.todos.keys()][0] }]);
  });

  it("creates the todo once even if the responses get lost", async () => {
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

  it("recognizes the todo in a fetched list before its response arrives", async () => {
    ada.add("Buy milk");
    api.fate = () => "unanswered";
    await ada.sendNext();
    ada.reload();
    api.fate = () => "answered";
    await ada.look();
    ada.hear();
    expect([ada.titles(), ada.marks(), ada.state.outbox]).toEqual([["Buy milk"], ["saved"], []]);
  });

  it("retries after a day only once the fetched list shows that the todo is missing", async () => {
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

  it("waits for its new list without blocking todos of other lists", async () => {
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

  it("sends nothing if the todo is deleted before it was sent", async () => {
    const key = ada.add("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    ada.remove(key);
    await ada.settleDown();
    expect(api.log.filter((operation) => operation.endsWith("Todo"))).toEqual([]);
  });

  it("merges edits into the creation before it is sent", async () => {
    const key = ada.add("Buy milk");
    ada.edit(key, { title: "Buy oats" });
    ada.edit(key, { completed: true });
    await ada.settleDown();
    expect(api.log.filter((operation) => operation.endsWith("Todo"))).toEqual(["createTodo"]);
    expect([...api.todos.values()]).toMatchObject([{ title: "Buy oats", completed: true }]);
  });
});

describe("a change while the API is unreachable", () => {
  it("is marked as waiting, together with all later changes", async () => {
    await ada.save("Buy milk");
    api.fate = () => "lost";
    ada.add("Bake bread");
    await ada.sendNext();
    ada.receive();
    ada.add("Call Ada");
    expect(ada.marks()).toEqual(["saved", "waiting", "waiting"]);
    expect(await ada.sendNext()).toBe(false);
  });

  it("is retried with back-off from one second up to one minute", async () => {
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

describe("removing a todo", () => {
  it("hides the todo at once and sends the removal when the undo time is over", async () => {
    const { key } = await ada.save("Buy milk");
    ada.remove(key, 10_000);
    expect([ada.titles(), await ada.sendNext()]).toEqual([[], false]);
    ada.reload();
    expect(ada.titles()).toEqual([]);
    ada.now += 10_000;
    await ada.settleDown();
    expect(server()).toEqual([]);
  });

  it("leaves nothing in the outbox when undone in time", async () => {
    const { key } = await ada.save("Buy milk");
    ada.remove(key, 10_000);
    ada.undo();
    expect([ada.titles(), ada.state.outbox]).toEqual([["Buy milk"], []]);
  });

  it("recreates the todo when undone after it was sent", async () => {
    const { key } = await ada.save("Buy milk");
    ada.edit(key, { notes: "Oat" });
    ada.remove(key, 1000);
    ada.now += 1000;
    await ada.settleDown();
    ada.undo();
    await ada.settleDown();
    expect([...api.todos.values()]).toMatchObject([{ title: "Buy milk", notes: "Oat" }]);
  });

  it("reports a conflict when the text of the todo has changed", async () => {
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

  it("is one request if the fetched list contains exactly these todos", async () => {
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

  it("spares todos that are completed while the change is held", async () => {
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

  it("is overridden by a later edit while the server still processes it", async () => {
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

  it("stays visible while the server still processes it", async () => {
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
