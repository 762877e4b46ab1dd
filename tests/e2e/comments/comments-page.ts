import type { Client } from "@daybook/core/client";
import type { PostId } from "@daybook/core/ids";
import type { PostCreate } from "@daybook/core/post/post";
import type { Browser, Locator, Page } from "@playwright/test";
import { expectNoBarriers } from "../accessibility.ts";
import { test as base, expect, type Person } from "../fixtures.ts";
import { type Author, newAccount, newAuthor } from "../reading/author.ts";

/** A test with an author who has published, and a reader who has an account and is signed out. */
export const test = base.extend<{ author: Author; reader: Person & { api: Client }; comments: CommentsPage }>({
  author: async ({ baseURL, mailbox }, use) => use(await newAuthor({ baseURL: baseURL ?? "", mailbox })),
  reader: async ({ baseURL, mailbox }, use) => use(await newAccount({ baseURL: baseURL ?? "", mailbox })),
  comments: async ({ page }, use) => use(new CommentsPage(page)),
});

/** Publishes a post. @returns its id and the path of its page */
export async function publish(author: Author, post: Partial<PostCreate> = {}): Promise<{ id: PostId; path: string }> {
  const { id, page } = await author.publish({ title: "Of rivers", body: "They run.", comments: "open", ...post });
  return { id, path: new URL(page ?? "").pathname };
}

export const comment = async (api: Client, postId: PostId, body: string) =>
  (await api.createComment({ params: { postId }, body: { body } })).data;

/** The comment section of a post. */
export class CommentsPage {
  readonly page: Page;
  readonly section: Locator;
  readonly entries: Locator;
  readonly write: Locator;
  readonly text: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.section = page.getByRole("region", { name: "Comments" });
    this.entries = this.section.getByRole("article");
    this.write = this.section.getByRole("button", { name: "Write a comment" });
    this.text = this.section.getByLabel("Your comment", { exact: true });
    this.status = this.section.getByRole("status");
  }

  /** Opens a post by its path, and waits until the write button is visible. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.section.scrollIntoViewIfNeeded();
    await expect(this.write).toBeVisible();
  }

  /** Opens a post, signs in by its link, and waits until the comment form has the focus. */
  async arrive(path: string, person: Person): Promise<void> {
    await this.page.goto(path);
    await this.section.getByRole("link", { name: "Sign in to comment" }).click();
    await signIn(this.page, person);
    await this.page.waitForURL((url) => url.pathname === path);
    await expect(this.text).toBeFocused();
  }

  entry(text: string): Locator {
    return this.entries.filter({ hasText: text });
  }

  /** Sends a text with the open form. */
  async send(text: string): Promise<void> {
    await this.text.fill(text);
    await this.section.getByRole("button", { name: "Send" }).click();
  }

  /** Clicks a button of the comment with this text. */
  act(text: string, action: RegExp): Promise<void> {
    return this.entry(text).getByRole("button", { name: action }).click();
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByTestId("toast").filter({ hasText: text });
  }

  async hasNoBarriers(): Promise<void> {
    const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
    await expectNoBarriers(this.page, { tags });
  }
}

/** Submits the sign-in page, and waits until it is left. */
export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** Opens a separate browser context; `person` is signed in there. */
export async function openElsewhere(browser: Browser, person?: Person): Promise<CommentsPage> {
  const baseURL = process.env.DAYBOOK_URL ?? "";
  const page = await (await browser.newContext({ baseURL })).newPage();
  if (person) {
    await page.goto("/sign-in");
    await signIn(page, person);
  }
  return new CommentsPage(page);
}

/** Waits until a fresh response of the edge contains a text. @returns the milliseconds since `since` */
export async function untilPageSays(path: string, text: string, since: number): Promise<number> {
  await expect
    .poll(async () => (await fetch(new URL(path, process.env.DAYBOOK_URL))).text(), { intervals: [200] })
    .toContain(text);
  return Date.now() - since;
}
