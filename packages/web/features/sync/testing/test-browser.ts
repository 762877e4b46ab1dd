import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import * as todos from "../../todo/todo-changes.ts";
import { Engine, type UndoableChange } from "../engine.ts";
import { shownTodosOf } from "../state/optimistic-state.ts";
import { stateStoreOf } from "../store/state-store.ts";
import { syncStatusOf } from "../sync-status.ts";
import { TestApi } from "./test-api.ts";

export const inboxOf = (tab: Engine): string => tab.state().lists?.items[0]?.id ?? "";
export const titles = (tab: Engine) => shownTodosOf(tab.state(), inboxOf(tab))?.map(({ title }) => title);

/** A browser of one user with any number of tabs and its own fake API. */
export class TestBrowser {
  readonly api = new TestApi();
  readonly world = { isOnline: true, isAllowed: true };
  readonly #userId = `usr_${crypto.randomUUID()}`;
  readonly #tabs: Engine[] = [];

  constructor() {
    vi.stubGlobal("indexedDB", new IDBFactory());
  }

  close(): void {
    for (const tab of this.#tabs) tab.close();
    vi.unstubAllGlobals();
  }

  /** Opens a visible tab. */
  readonly openTab = (): Engine => {
    const tab = new Engine({
      store: stateStoreOf(this.#userId),
      api: this.api.client,
      lastingApi: this.api.client,
      withTabLock: async (work) => void (await navigator.locks.request(this.#userId, work)),
      isOnline: () => this.world.isOnline,
      isAllowed: () => this.world.isAllowed,
    });
    this.#tabs.push(tab);
    tab.refresh();
    return tab;
  };

  /** Opens a tab and waits until the inbox is loaded. */
  readonly openInbox = async (): Promise<Engine> => {
    const tab = this.openTab();
    await vi.waitUntil(() => inboxOf(tab) !== "");
    tab.watch(inboxOf(tab));
    await vi.waitUntil(() => titles(tab) !== undefined);
    return tab;
  };

  /** Titles of all todos on the server. */
  readonly server = (): string[] => [...this.api.todos.values()].map(({ title }) => title);

  readonly status = (tab: Engine) =>
    syncStatusOf(tab.state(), { online: this.world.isOnline, durable: tab.view().durable });

  readonly idle = (tab: Engine): Promise<boolean> => vi.waitUntil(() => this.status(tab).state === "idle");
}

export const add = (tab: Engine, title: string): UndoableChange =>
  tab.record([todos.toAdd(tab.state(), inboxOf(tab), { key: crypto.randomUUID(), title, now: Date.now() })]);

/** Removes a todo by its index. The removal can be undone. */
export const remove = (tab: Engine, place = 0): UndoableChange => {
  const key = shownTodosOf(tab.state(), inboxOf(tab))?.[place]?.key ?? "";
  return tab.record(todos.toRemove(tab.state(), inboxOf(tab), key), { undoable: true });
};
