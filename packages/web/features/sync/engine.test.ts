import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as todos from "../todo/todo-changes.ts";
import { BrowserStore } from "./browser-store.ts";
import { Engine } from "./engine.ts";
import { readStatusOf } from "./read-status.ts";
import { shownListsOf, shownTodosOf } from "./shown.ts";
import { syncStatusOf } from "./sync-status.ts";
import { TestApi } from "./test-api.ts";

let api: TestApi;
let userId: string;
let tabs: Engine[];
const world = { isOnline: true, isAllowed: true };

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  api = new TestApi();
  userId = `usr_${crypto.randomUUID()}`;
  tabs = [];
  Object.assign(world, { isOnline: true, isAllowed: true });
});
afterEach(() => {
  for (const tab of tabs) tab.stop();
  vi.unstubAllGlobals();
});

/** A tab that somebody looks at. */
function openTab(): Engine {
  const tab = new Engine({
    store: new BrowserStore(userId),
    api: api.client,
    lastingApi: api.client,
    alone: async (work) => void (await navigator.locks.request(userId, work)),
    isOnline: () => world.isOnline,
    isAllowed: () => world.isAllowed,
    now: () => Date.now(),
  });
  tabs.push(tab);
  tab.refresh();
  return tab;
}

const inboxOf = (tab: Engine) => tab.state().lists?.items[0]?.id ?? "";
const titles = (tab: Engine) => shownTodosOf(tab.state(), inboxOf(tab))?.map(({ title }) => title);
const server = () => [...api.todos.values()].map(({ title }) => title);
const status = (tab: Engine) => syncStatusOf(tab.state(), { online: world.isOnline, durable: tab.view().durable });

/** A tab that has read the inbox. */
async function openInbox(): Promise<Engine> {
  const tab = openTab();
  await vi.waitUntil(() => inboxOf(tab) !== "");
  tab.watch(inboxOf(tab));
  await vi.waitUntil(() => titles(tab) !== undefined);
  return tab;
}

const add = (tab: Engine, title: string) =>
  tab.record([todos.toAdd(tab.state(), inboxOf(tab), { key: crypto.randomUUID(), title, now: Date.now() })]);
const remove = (tab: Engine, place = 0) => {
  const key = shownTodosOf(tab.state(), inboxOf(tab))?.[place]?.key ?? "";
  return tab.record(todos.toRemove(tab.state(), inboxOf(tab), key), { held: true });
};
const idle = (tab: Engine) => vi.waitUntil(() => status(tab).state === "idle");

describe("a change", () => {
  it("is shown at once and sent by itself", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    expect(titles(tab)).toEqual(["Buy milk"]);
    await idle(tab);
    expect(server()).toEqual(["Buy milk"]);
  });

  it("is in every tab, and sent by one of them, once", async () => {
    const [one, other] = [await openInbox(), await openInbox()];
    add(one, "Buy milk");
    add(other, "Bake bread");
    await vi.waitUntil(() => titles(one)?.length === 2 && titles(other)?.length === 2);
    await Promise.all([idle(one), idle(other)]);
    expect(server().toSorted()).toEqual(["Bake bread", "Buy milk"]);
    expect(api.log.filter((operation) => operation === "createTodo")).toHaveLength(2);
  });

  it("is sent by another tab when the one that was sending it goes", async () => {
    const [one, other] = [await openInbox(), await openInbox()];
    world.isOnline = false;
    add(one, "Buy milk");
    await vi.waitUntil(() => titles(other)?.length === 1);
    expect(status(other)).toMatchObject({ state: "offline", waiting: 1 });
    one.stop();
    world.isOnline = true;
    other.refresh();
    await idle(other);
    expect(server()).toEqual(["Buy milk"]);
  });

  it("waits while the person has to sign in again", async () => {
    const tab = await openInbox();
    world.isAllowed = false;
    add(tab, "Buy milk");
    tab.refresh();
    await vi.waitUntil(() => titles(tab)?.length === 1);
    expect(server()).toEqual([]);
    world.isAllowed = true;
    tab.refresh();
    await idle(tab);
    expect(server()).toEqual(["Buy milk"]);
  });

  it("that nobody answers waits, until it is asked to hurry", async () => {
    const tab = await openInbox();
    api.fate = () => "lost";
    add(tab, "Buy milk");
    await vi.waitUntil(() => status(tab).state === "waiting");
    expect(status(tab).retryAt).toBeGreaterThan(Date.now());
    api.fate = () => "answered";
    tab.retryNow();
    await idle(tab);
    expect(server()).toEqual(["Buy milk"]);
  });

  it("that nobody answers is tried again by itself", async () => {
    const tab = await openInbox();
    const fates = ["unanswered", "lost"] as const;
    let calls = 0;
    api.fate = () => fates[calls++] ?? "answered";
    add(tab, "Buy milk");
    await vi.waitUntil(() => status(tab).state === "idle", { timeout: 10_000 });
    expect(server()).toEqual(["Buy milk"]);
  });
});

describe("a removal", () => {
  it("is sent when it is settled, and can be taken back until then", async () => {
    const tab = await openInbox();
    for (const title of ["Buy milk", "Bake bread"]) add(tab, title);
    await idle(tab);
    const milk = remove(tab);
    expect([titles(tab), milk.count]).toEqual([["Bake bread"], 1]);
    milk.undo();
    await vi.waitUntil(() => titles(tab)?.length === 2);
    remove(tab).settle();
    await vi.waitUntil(() => server().length === 1);
    expect([server(), titles(tab)]).toEqual([["Bake bread"], ["Bake bread"]]);
  });

  it("leaves in the task in which the page is hidden, without waiting for the disk", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    remove(tab);
    tab.hide({ isLeft: true });
    // All that a page can still do when it goes: no timer and no database answers any more.
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
    expect(server()).toEqual([]);
    await vi.waitUntil(() => tab.state().outbox.length === 0);
    expect(api.log.filter((operation) => operation === "deleteTodo")).toHaveLength(1);
  });

  it("is sent as one request for all that was cleared", async () => {
    const tab = await openInbox();
    for (const title of ["Buy milk", "Bake bread"]) add(tab, title);
    await idle(tab);
    tab.record(todos.toCompleteAll(tab.state(), inboxOf(tab), true));
    await idle(tab);
    tab.record(todos.toClearCompleted(tab.state(), inboxOf(tab)), { held: true });
    tab.hide({ isLeft: true });
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
    expect([server(), api.log.filter((operation) => operation.startsWith("delete"))]).toEqual([[], ["deleteTodos"]]);
  });

  it("that was sent is taken back with the same content at the same place", async () => {
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

  it("that nobody answers while the page goes is sent by the next visit", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    api.fate = () => "lost";
    remove(tab);
    tab.hide({ isLeft: true });
    tab.stop();
    api.fate = () => "answered";
    openTab();
    await vi.waitUntil(() => server().length === 0);
  });

  it("is not called saved while it is held", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    const removal = remove(tab);
    expect(status(tab).state).toBe("held");
    removal.settle();
    await idle(tab);
    expect(server()).toEqual([]);
  });

  it("of a list whose todos are not known waits while the page is only hidden, for it could not be taken back", async () => {
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
    const removal = tab.record([{ type: "remove-list", key: list.id, name: "Groceries" }], { held: true });
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

  it("of a list brings back the list with its todos, even after it was sent", async () => {
    const list = api.addList("Groceries");
    api.addTodo(list.id, { title: "Bread" });
    const tab = await openInbox();
    tab.watch(list.id);
    await vi.waitUntil(() => shownTodosOf(tab.state(), list.id)?.length === 1);
    const removal = tab.record([{ type: "remove-list", key: list.id, name: "Groceries" }], { held: true });
    removal.settle();
    await vi.waitUntil(() => api.lists.size === 1);
    removal.undo();
    await vi.waitUntil(() => api.lists.size === 2 && server().length === 1);
    expect([...api.lists.values()].map(({ name }) => name)).toEqual(["Inbox", "Groceries"]);
  });
});

describe("what is read", () => {
  it("is there at the next visit before the API answers", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    tab.stop();
    api.fate = () => "lost";
    const next = openTab();
    await vi.waitUntil(() => titles(next)?.length === 1);
    expect(titles(next)).toEqual(["Buy milk"]);
  });

  it("that cannot be read is a failure only if there is nothing to show, and if it is one twice", async () => {
    api.fate = () => "refused";
    const tab = openTab();
    const read = () => readStatusOf(tab.state(), tab.view().failures, { shown: tab.state().lists !== undefined });
    await vi.waitUntil(() => read().status === "error", { timeout: 5000 });
    api.fate = () => "answered";
    tab.reload();
    await vi.waitUntil(() => read().status === "success");
    api.fate = () => "refused";
    tab.reload();
    expect(read()).toEqual({ status: "success", error: undefined });
  });

  it("follows what happens elsewhere", async () => {
    const tab = await openInbox();
    const [inbox] = api.lists.values();
    if (inbox) api.addTodo(inbox.id, { title: "From the phone" });
    tab.reload();
    await vi.waitUntil(() => titles(tab)?.length === 1);
    expect(titles(tab)).toEqual(["From the phone"]);
  });
});

describe("before somebody signs out", () => {
  it("sends what can be sent, and tells how much is left", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    remove(tab);
    expect(await tab.flush(2000)).toBe(0);
    expect(server()).toEqual([]);
    api.fate = () => "lost";
    add(tab, "Bake bread");
    expect(await tab.flush(50)).toBe(1);
  });

  it("forgets everything", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await tab.forget();
    expect(tab.state()).toMatchObject({ lists: undefined, todos: {}, outbox: [] });
  });
});
