import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** The page of the todos, in the words of a person who uses it. */
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

  /** Begins to edit a title, and gives the field in its place. */
  async edit(title: string): Promise<Locator> {
    await this.item(title).getByTestId("todo-title").dblclick();
    return this.page.getByRole("textbox", { name: "Edit", exact: true });
  }

  async openMenu(title: string, item: string): Promise<void> {
    await this.page.getByRole("button", { name: `More for ${title}`, exact: true }).click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  /** Until the server has everything: for the first moment, the words at the top do not say that something is on its way. */
  async saved(): Promise<void> {
    await expect(this.page.getByTestId("sync")).toHaveAttribute("data-state", "idle");
    await expect(this.sync).toHaveText("All saved");
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByTestId("toast").filter({ hasText: text });
  }

  /** What is shown is what a new visit shows. */
  async expectKept(...titles: string[]): Promise<void> {
    await expect(this.titles).toHaveText(titles);
    await this.saved();
    await this.page.reload();
    await expect(this.titles).toHaveText(titles);
  }
}
