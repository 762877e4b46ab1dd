import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { append, toEntries } from "../outbox/outbox.ts";
import { type Entry, emptyState, type State } from "../state/state.ts";
import { TestApi } from "../testing/test-api.ts";
import { TestTabs, until } from "../testing/test-store.ts";
import type { StateStore } from "./state-store.ts";

const userId = "usr_ada";
const tabs = new TestTabs();

/** Opens a tab and waits until it has loaded the stored state. */
const openTab = (user = userId) => tabs.open(user);

const names = ({ outbox }: State) => outbox.map(({ change }) => ("name" in change ? change.name : ""));

const keep = (tab: StateStore, entries: readonly Entry[]) => tab.write((state) => append(state, entries));

const toMake = (store: StateStore, ...made: string[]) =>
  toEntries(
    store.state(),
    made.map((name) => ({ type: "create-list", key: crypto.randomUUID(), name })),
    { at: Date.now() },
  );

beforeEach(() => void vi.stubGlobal("indexedDB", new IDBFactory()));
afterEach(() => {
  tabs.close();
  vi.unstubAllGlobals();
});

describe("an appended entry", () => {
  it("is part of the state at once", async () => {
    const tab = await openTab();
    keep(tab, toMake(tab, "Groceries"));
    expect(names(tab.state())).toEqual(["Groceries"]);
  });

  it("reaches another tab once it is written", async () => {
    const [one, other] = [await openTab(), await openTab()];
    keep(one, toMake(one, "Groceries"));
    await until(other, () => names(other.state()).length === 1);
    expect(names(other.state())).toEqual(["Groceries"]);
  });

  it("survives a page that unloads at once", async () => {
    const tab = await openTab();
    keep(tab, toMake(tab, "Groceries", "Garden"));
    tab.close();
    expect(names((await openTab()).state())).toEqual(["Groceries", "Garden"]);
  });

  it("is stored even if the database was not open yet", async () => {
    const tab = tabs.begin(userId);
    keep(tab, toMake(tab, "Groceries"));
    await tab.loaded();
    await tab.update((state) => state);
    expect(names((await openTab()).state())).toEqual(["Groceries"]);
  });

  it("is not visible to another user", async () => {
    const tab = await openTab();
    keep(tab, toMake(tab, "Groceries"));
    await tab.update((state) => state);
    expect((await openTab("usr_bob")).state()).toEqual(emptyState);
  });
});

describe("two tabs that write concurrently", () => {
  it("keep the entries of both", async () => {
    const [one, other] = [await openTab(), await openTab()];
    for (let i = 0; i < 20; i += 1) {
      keep(one, toMake(one, `one ${i}`));
      keep(other, toMake(other, `other ${i}`));
    }
    await until(one, () => names(one.state()).length === 40);
    await until(other, () => names(other.state()).length === 40);
    expect(names((await openTab()).state()).toSorted()).toEqual(names(one.state()).toSorted());
  });

  it("update the stored state, not an outdated copy", async () => {
    const [one, other] = [await openTab(), await openTab()];
    const add = (tab: StateStore, name: string) => tab.update((state) => append(state, toMake(tab, name)));
    await Promise.all([add(one, "a"), add(other, "b"), add(one, "c"), add(other, "d")]);
    await until(one, () => names(one.state()).length === 4);
    await until(other, () => names(other.state()).length === 4);
    const [entry] = one.state().outbox;
    await one.update((state) => ({ ...state, outbox: state.outbox.filter(({ id }) => id !== entry?.id) }));
    await until(other, () => names(other.state()).length === 3);
    expect(other.state()).toEqual(one.state());
  });

  it("agree on the fetched server state", async () => {
    const [one, other] = [await openTab(), await openTab()];
    const [inbox] = new TestApi().lists.values();
    if (!inbox) throw new Error("There is an inbox");
    const lists = { items: [{ ...inbox, key: inbox.id }], pages: [], fetchedAt: 1, confirmed: 0 };
    const none = { items: [], pages: [], fetchedAt: 1, confirmed: 0 };
    await one.update((state) => ({ ...state, lists, todos: { [inbox.id]: none }, pause: { attempts: 1, until: 5 } }));
    await until(other, () => other.state().lists !== undefined);
    expect(other.state()).toEqual(one.state());
    await other.update(() => emptyState);
    await until(one, () => one.state().lists === undefined);
    expect((await openTab()).state()).toEqual(emptyState);
  });
});

describe("a browser without usable storage", () => {
  it("works from memory and is not durable", async () => {
    vi.stubGlobal("indexedDB", {
      open() {
        throw new DOMException("not here", "SecurityError");
      },
    });
    const tab = await openTab();
    keep(tab, toMake(tab, "Groceries"));
    await tab.update((state) => append(state, toMake(tab, "Garden")));
    expect(names(tab.state())).toEqual(["Groceries", "Garden"]);
    expect(tab.isDurable()).toBe(false);
  });

  it("keeps entries in memory when the disk is full", async () => {
    const tab = await openTab();
    keep(tab, toMake(tab, "Groceries"));
    await tab.update((state) => state);
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    keep(tab, toMake(tab, "Garden"));
    await until(tab, () => !tab.isDurable());
    expect(names(tab.state())).toEqual(["Groceries", "Garden"]);
    vi.restoreAllMocks();
  });
});

describe("data of another app version", () => {
  it("is ignored if its form is invalid", async () => {
    const tab = await openTab();
    keep(tab, toMake(tab, "Groceries"));
    await tab.update((state) => state);
    tab.close();
    const database = await openDB(`daybook.${userId}`);
    await database.put("outbox", { id: "x", change: { type: "paint-list" } }, "x");
    await database.put("rest", { items: "none" }, "lists");
    await database.put("todos", [1, 2, 3], "lst_1");
    database.close();
    const { outbox, lists, todos } = (await openTab()).state();
    expect([outbox.length, lists, todos]).toEqual([1, undefined, {}]);
  });

  it("is left alone if the database version is newer", async () => {
    (await openDB(`daybook.${userId}`, 99)).close();
    const tab = await openTab();
    expect(tab.isDurable()).toBe(false);
  });
});
