import { type StateStore, stateStoreOf } from "../store/state-store.ts";

/** Resolves when the condition holds in a tab. Checks it on every change. */
export const until = (tab: StateStore, isSo: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => isSo() && resolve();
    tab.subscribe(look);
    look();
  });

/** Tabs that a test opens in one browser. */
export class TestTabs {
  readonly #tabs: StateStore[] = [];

  /** Opens a tab without waiting for its stored data. */
  begin(userId: string): StateStore {
    const tab = stateStoreOf(userId);
    this.#tabs.push(tab);
    return tab;
  }

  /** Opens a tab and waits for its stored data. */
  async open(userId: string): Promise<StateStore> {
    const tab = this.begin(userId);
    await tab.loaded();
    return tab;
  }

  close(): void {
    for (const tab of this.#tabs.splice(0)) tab.close();
  }
}
