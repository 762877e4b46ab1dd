import { BrowserStore } from "../store/browser-store.ts";

/** Until something is so in a tab, which tells of every change. */
export const until = (tab: BrowserStore, isSo: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => isSo() && resolve();
    tab.subscribe(look);
    look();
  });

/** The tabs of a browser, which one test opens. */
export class TestTabs {
  readonly #tabs: BrowserStore[] = [];

  /** A tab that may not have read yet what the browser keeps. */
  begin(userId: string): BrowserStore {
    const tab = new BrowserStore(userId);
    this.#tabs.push(tab);
    return tab;
  }

  /** A tab that has. */
  async open(userId: string): Promise<BrowserStore> {
    const tab = this.begin(userId);
    await until(tab, () => tab.isLoaded());
    return tab;
  }

  close(): void {
    for (const tab of this.#tabs.splice(0)) tab.close();
  }
}
