import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fetchStatusOf } from "./fetch/fetch-status.ts";
import { add, remove, TestBrowser, titles } from "./testing/test-browser.ts";

let browser: TestBrowser;
let openTab: TestBrowser["openTab"];
let openInbox: TestBrowser["openInbox"];
let server: TestBrowser["server"];
let status: TestBrowser["status"];
let idle: TestBrowser["idle"];
let api: TestBrowser["api"];
let world: TestBrowser["world"];

beforeEach(() => {
  browser = new TestBrowser();
  ({ api, openTab, openInbox, server, status, idle, world } = browser);
});
afterEach(() => browser.close());

describe("a recorded change", () => {
  it("is shown at once and sent without another call", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    expect(titles(tab)).toEqual(["Buy milk"]);
    await idle(tab);
    expect(server()).toEqual(["Buy milk"]);
  });

  it("is shown in every tab and sent exactly once", async () => {
    const [one, other] = [await openInbox(), await openInbox()];
    add(one, "Buy milk");
    add(other, "Bake bread");
    await vi.waitUntil(() => titles(one)?.length === 2 && titles(other)?.length === 2);
    await Promise.all([idle(one), idle(other)]);
    expect(server().toSorted()).toEqual(["Bake bread", "Buy milk"]);
    expect(api.log.filter((operation) => operation === "createTodo")).toHaveLength(2);
  });

  it("is sent by another tab when the sending tab stops", async () => {
    const [one, other] = [await openInbox(), await openInbox()];
    world.isOnline = false;
    add(one, "Buy milk");
    await vi.waitUntil(() => titles(other)?.length === 1);
    expect(status(other)).toMatchObject({ state: "offline", waiting: 1 });
    one.close();
    world.isOnline = true;
    other.refresh();
    await idle(other);
    expect(server()).toEqual(["Buy milk"]);
  });

  it("is held while the session has expired", async () => {
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

  it("waits after a network failure until retryNow is called", async () => {
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

  it("is retried automatically after network failures", async () => {
    const tab = await openInbox();
    const fates = ["unanswered", "lost"] as const;
    let calls = 0;
    api.fate = () => fates[calls++] ?? "answered";
    add(tab, "Buy milk");
    await vi.waitUntil(() => status(tab).state === "idle", { timeout: 10_000 });
    expect(server()).toEqual(["Buy milk"]);
  });
});

describe("fetched data", () => {
  it("is shown on the next visit before the API answers", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await idle(tab);
    tab.close();
    api.fate = () => "lost";
    const next = openTab();
    await vi.waitUntil(() => titles(next)?.length === 1);
    expect(titles(next)).toEqual(["Buy milk"]);
  });

  it("reports an error only after two failures and only without earlier data", async () => {
    api.fate = () => "refused";
    const tab = openTab();
    const read = () => fetchStatusOf(tab.state().lists, tab.view().failures, "lists");
    await vi.waitUntil(() => read().status === "error", { timeout: 5000 });
    api.fate = () => "answered";
    tab.reload();
    await vi.waitUntil(() => read().status === "success");
    api.fate = () => "refused";
    tab.reload();
    expect(read()).toEqual({ status: "success", error: undefined });
  });

  it("follows changes made on another device", async () => {
    const tab = await openInbox();
    const [inbox] = api.lists.values();
    if (inbox) api.addTodo(inbox.id, { title: "From the phone" });
    tab.reload();
    await vi.waitUntil(() => titles(tab)?.length === 1);
    expect(titles(tab)).toEqual(["From the phone"]);
  });
});

describe("before signing out", () => {
  it("flush sends pending changes and returns how many are left", async () => {
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

  it("forget deletes all local data", async () => {
    const tab = await openInbox();
    add(tab, "Buy milk");
    await tab.forget();
    expect(tab.state()).toMatchObject({ lists: undefined, todos: {}, outbox: [] });
  });
});
