import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures.ts";

/** The writing desk as a page object. */
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

  /** Opens the writing desk and creates a post. */
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

  /** Waits until the API has all changes. */
  async saved(): Promise<void> {
    await expect(this.save).toHaveAttribute("data-state", "saved");
    await expect(this.page).toHaveURL(/post=pst_/);
  }

  async open(button: "Publish…" | "Publish changes…" | "Post settings…" = "Publish…"): Promise<void> {
    await this.page.getByRole("button", { name: button }).click();
    await expect(this.dialog).toBeVisible();
  }

  /** Fills in the name and the handle, which are asked for once. */
  async introduce(handle: string): Promise<void> {
    await this.dialog.getByLabel("Your name").fill("Maya");
    await this.dialog.getByLabel("Your handle").fill(handle);
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByTestId("toast").filter({ hasText: text });
  }
}

/** Returns a unique handle. */
export const newHandle = (): string => `maya-${crypto.randomUUID().slice(0, 8)}`;
