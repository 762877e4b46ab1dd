import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** The writing desk, in the words of a person who uses it. */
export class WritingPage {
  readonly page: Page;
  readonly title: Locator;
  readonly text: Locator;
  readonly preview: Locator;
  readonly save: Locator;
  readonly posts: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole("textbox", { name: "Title", exact: true });
    this.text = page.getByRole("textbox", { name: "Text, in Markdown" });
    this.preview = page.getByTestId("preview");
    this.save = page.getByTestId("save");
    this.posts = page.getByTestId("post");
    this.dialog = page.getByRole("dialog", { name: "Publish" });
  }

  /** Begins a post at the desk. */
  async begin(): Promise<void> {
    await this.page.goto("/write");
    await this.page.getByRole("button", { name: "New post" }).click();
    await expect(this.text).toBeVisible();
  }

  async write({ title, text }: { title?: string; text?: string }): Promise<void> {
    if (title !== undefined) await this.title.fill(title);
    if (text === undefined) return;
    await this.text.click();
    await this.page.keyboard.press("ControlOrMeta+End");
    await this.page.keyboard.insertText(text);
  }

  /** Until the API has everything. */
  async saved(): Promise<void> {
    await expect(this.save).toHaveAttribute("data-state", "saved");
    await expect(this.page).toHaveURL(/post=pst_/);
  }

  async open(button: "Publish…" | "Publishing…" = "Publish…"): Promise<void> {
    await this.page.getByRole("button", { name: button }).click();
    await expect(this.dialog).toBeVisible();
  }

  /** Tells what an author has to tell once. */
  async introduce(handle: string): Promise<void> {
    await this.dialog.getByLabel("Your name").fill("Maya");
    await this.dialog.getByLabel("Your handle").fill(handle);
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByTestId("toast").filter({ hasText: text });
  }
}

/** A handle that nobody else has. */
export const newHandle = (): string => `maya-${crypto.randomUUID().slice(0, 8)}`;
