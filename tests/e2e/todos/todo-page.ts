import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures.ts";

/** The todos page as a page object. */
export class TodoPage {
  readonly page: Page;
  readonly input: Locator;
  readonly items: Locator;
  readonly titles: Locator;
  readonly count: Locator;
  readonly sync: Locator;

  constructor(page: Page) {
    this.page = page;
    this.input = page.getByPlaceholder("What needs to be done?");
    this.items = page.getByTestId("todo-item");
    this.titles = page.getByTestId("todo-title");
    this.count = page.getByTestId("todo-count");
    this.sync = page.getByTestId("sync").getByRole("status");
  }

  item(title: string): Locator {
    return this.items.filter({ hasText: title });
  }

  checkbox(title: string): Locator {
    return this.page.getByRole("checkbox", { name: title, exact: true });
  }

  async add(...titles: string[]): Promise<void> {
    for (const title of titles) {
      await this.input.fill(title);
      await this.input.press("Enter");
    }
  }

  /** Starts editing a title. @returns the text field */
  async edit(title: string): Promise<Locator> {
    await this.item(title).getByTestId("todo-title").dblclick();
    return this.page.getByRole("textbox", { name: "Edit", exact: true });
  }

  async openMenu(title: string, item: string): Promise<void> {
    await this.page.getByRole("button", { name: `More for ${title}`, exact: true }).click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  /**
   * Waits until the server has all changes. Checks the state as well as the text, because the text ignores saves of
   * less than a moment.
   */
  async saved(): Promise<void> {
    await expect(this.page.getByTestId("sync")).toHaveAttribute("data-state", "idle");
    await expect(this.sync).toHaveText("All saved");
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByTestId("toast").filter({ hasText: text });
  }

  /** Asserts the titles before and after a reload. */
  async expectKept(...titles: string[]): Promise<void> {
    await expect(this.titles).toHaveText(titles);
    await this.saved();
    await this.page.reload();
    await expect(this.titles).toHaveText(titles);
  }
}
