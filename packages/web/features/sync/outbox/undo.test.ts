import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as todos from "../../todo/todo-changes.ts";
import { shownListsOf, shownTodosOf } from "../state/optimistic-state.ts";
import { add, inboxOf, remove, TestBrowser, titles } from "../testing/test-browser.ts";

let browser: TestBrowser;
let openTab: TestBrowser["openTab"];
let openInbox: TestBrowser["openInbox"];
let server: TestBrowser["server"];
let status: TestBrowser["status"];
let idle: TestBrowser["idle"];
let api: TestBrowser["api"];

beforeEach(() => {
  browser = new TestBrowser();
  ({ api, openTab, openInbox, server, status, idle } = browser);
});
afterEach(() => browser.close());

describe("a removal", () => {
  it("can be undone until it is committed and sent", async () => {
    const tab = await openInbox();
    for (const title of ["Buy milk", "Bake bread"]) add(tab, title);
    await idle(tab);
    const milk = remove(tab);
    expect(titles(tab)).toEqual(["Bake bread"]);
    milk.undo();
    await vi.waitUntil(() => titles(tab)?.length === 2);
    remove(tab).commit();
    await vi.waitUntil(() => server().length === 1);
    expect([server(), titles(tab)]).toEqual([["Bake bread"], ["Bake bread"]]);
  });

  it("is sent within the task that hides the page, without waiting for the disk", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    remove(tab);
    tab.hide({ isLeft: true });
    // Flush microtasks only: an unloading page gets no timers and no database answers.
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
    expect(server()).toEqual([]);
    await vi.waitUntil(() => tab.state().outbox.length === 0);
    expect(api.log.filter((operation) => operation === "deleteTodo")).toHaveLength(1);
  });

  it("is sent as one bulk request for all cleared todos", async () => {
    const tab = await openInbox();
    for (const title of ["Buy milk", "Bake bread"]) add(tab, title);
    await idle(tab);
    tab.record(todos.toCompleteAll(tab.state(), inboxOf(tab), true));
    await idle(tab);
    tab.record(todos.toClearCompleted(tab.state(), inboxOf(tab)), { undoable: true });
    tab.hide({ isLeft: true });
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
    expect([server(), api.log.filter((operation) => operation.startsWith("delete"))]).toEqual([[], ["deleteTodos"]]);
  });

  it("is undone with the same content and position after it was sent", async () => {
    const tab = await openInbox();
    for (const title of ["Buy milk", "Bake bread"]) add(tab, title);
    await idle(tab);
    const [milk] = [...api.todos.values()];
    api.change(milk?.id ?? "", { notes: "Oat", dueDate: "2026-12-24", tags: ["shop"], priority: "high" });
    tab.reload();
    await vi.waitUntil(() => shownTodosOf(tab.state(), inboxOf(tab))?.[0]?.notes === "Oat");
    const removal = remove(tab);
    tab.hide({ isLeft: false });
    await vi.waitUntil(() => server().length === 1);
    removal.undo();
    await vi.waitUntil(() => server().length === 2);
    await idle(tab);
    expect(titles(tab)).toEqual(["Buy milk", "Bake bread"]);
    const content = { order: milk?.order, notes: "Oat", dueDate: "2026-12-24", tags: ["shop"], priority: "high" };
    expect(api.todosOf(inboxOf(tab))[0]).toMatchObject(content);
  });

  it("is sent by the next visit if the request failed while the page unloaded", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    api.fate = () => "lost";
    remove(tab);
    tab.hide({ isLeft: true });
    tab.close();
    api.fate = () => "answered";
    openTab();
    await vi.waitUntil(() => server().length === 0);
  });

  it("is reported as held instead of idle until it is committed", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    const removal = remove(tab);
    expect(status(tab).state).toBe("held");
    removal.commit();
    await idle(tab);
    expect(server()).toEqual([]);
  });

  it("of a list with unknown todos stays held while the page is only hidden, because it could not be undone", async () => {
    const list = api.addList("Groceries");
    api.addTodo(list.id, { title: "Bread" });
    const tab = await openInbox();
    await vi.waitUntil(() => shownListsOf(tab.state())?.length === 2);
    let answer = () => {};
    const { listTodos } = api.client;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    Object.assign(api.client, {
      listTodos: async (...request: Parameters<typeof listTodos>) => {
        await asked;
        return listTodos(...request);
      },
    });
    const removal = tab.record([{ type: "remove-list", key: list.id, name: "Groceries" }], { undoable: true });
    tab.hide({ isLeft: false });
    expect([api.lists.size, status(tab).state]).toEqual([2, "held"]);
    answer();
    await vi.waitUntil(() => shownTodosOf(tab.state(), list.id)?.length === 1);
    tab.hide({ isLeft: false });
    await vi.waitUntil(() => api.lists.size === 1);
    removal.undo();
    await vi.waitUntil(() => api.lists.size === 2 && server().length === 1);
    expect(server()).toEqual(["Bread"]);
  });

  it("of a list is undone together with its todos, even after it was sent", async () => {
    const list = api.addList("Groceries");
    api.addTodo(list.id, { title: "Bread" });
    const tab = await openInbox();
    tab.watch(list.id);
    await vi.waitUntil(() => shownTodosOf(tab.state(), list.id)?.length === 1);
    const removal = tab.record([{ type: "remove-list", key: list.id, name: "Groceries" }], { undoable: true });
    removal.commit();
    await vi.waitUntil(() => api.lists.size === 1);
    removal.undo();
    await vi.waitUntil(() => api.lists.size === 2 && server().length === 1);
    expect([...api.lists.values()].map(({ name }) => name)).toEqual(["Inbox", "Groceries"]);
  });
});
